/* Reads the QR of a card with the camera, where the browser can; else the code is typed. */
const button = document.querySelector("[data-scan]");
const form = button?.closest("form");
const box = document.querySelector("[data-scanner]");
const READ_EVERY = 250;

async function scan() {
  const video = box.querySelector("video");
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  box.hidden = false;
  video.srcObject = stream;
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const timer = setInterval(async () => {
    const [found] = await detector.detect(video).catch(() => []);
    if (!found) return;
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
    form.elements.kode.value = found.rawValue;
    form.requestSubmit();
  }, READ_EVERY);
}

if (button && "BarcodeDetector" in window && navigator.mediaDevices) {
  button.hidden = false;
  button.addEventListener("click", () => scan().catch(() => {
    box.hidden = true;
    button.hidden = true;
    document.querySelector("[data-no-camera]").hidden = false;
    form.elements.kode.focus();
  }));
}
