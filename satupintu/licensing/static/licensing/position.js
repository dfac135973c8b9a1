/* Fills latitude and longitude from the phone. Without script, permission or signal the fields are typed instead. */
const told = document.querySelector("[data-position-told]");

function fill(button, place) {
  const [latitude, longitude] = button.dataset.position.split(" ").map((id) => document.getElementById(id));
  const comma = document.documentElement.lang === "id";
  for (const [field, degrees] of [[latitude, place.coords.latitude], [longitude, place.coords.longitude]]) {
    const written = degrees.toFixed(6);
    field.value = comma ? written.replace(".", ",") : written;
  }
  if (told) told.textContent = button.dataset.done.replace("#", Math.ceil(place.coords.accuracy));
}

for (const button of document.querySelectorAll("[data-position]")) {
  if (!navigator.geolocation) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    const done = (act) => { button.removeAttribute("aria-busy"); act(); };
    navigator.geolocation.getCurrentPosition(
      (place) => done(() => fill(button, place)),
      () => done(() => { if (told) told.textContent = button.dataset.failed; }),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    );
  });
}
