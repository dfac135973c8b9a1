/* Makes a chosen photo small before it is sent: 1280 px, JPEG, without place and camera. Anything that goes wrong
   sends the original; the server checks and shrinks again. */
const LONGEST = 1280;
const QUALITY = 0.7;
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
const size = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1024)} KB` : `${number.format(bytes / 1048576)} MB`;

/* A smaller JPEG of an image file, or null where that would not be smaller. */
export async function smaller(file, longest = LONGEST, quality = QUALITY) {
  const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longest / Math.max(whole.width, whole.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(whole.width * scale);
  canvas.height = Math.round(whole.height * scale);
  canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  return blob && blob.size < file.size ? new File([blob], "foto.jpg", { type: "image/jpeg" }) : null;
}

async function shrink(input, status) {
  const [file] = input.files;
  if (status) status.textContent = "";
  if (!file || !file.type.startsWith("image/")) return;
  const small = await smaller(file);
  if (!small || input.files[0] !== file) return;
  const list = new DataTransfer();
  list.items.add(small);
  input.files = list.files;
  if (status) status.textContent = input.dataset.shrink.replace("#", size(file.size)).replace("#", size(small.size));
}

for (const input of document.querySelectorAll("input[type=file][data-shrink]")) {
  const status = document.querySelector("[data-shrunk]");
  input.addEventListener("change", () => shrink(input, status).catch(() => {}));
}
