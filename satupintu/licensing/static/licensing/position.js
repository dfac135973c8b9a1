/* Fills latitude and longitude from the phone. Without script, permission or signal they are typed instead. */
const written = (degrees) => {
  const text = degrees.toFixed(6);
  return document.documentElement.lang === "id" ? text.replace(".", ",") : text;
};

for (const place of document.querySelectorAll("[data-position]")) {
  const offer = place.querySelector("[data-position-offer]");
  const status = place.querySelector("[data-position-status]");
  const [latitude, longitude] = place.querySelectorAll("input");
  if (!navigator.geolocation || !offer || !longitude) continue;
  const filled = ({ coords }) => {
    latitude.value = written(coords.latitude);
    longitude.value = written(coords.longitude);
    status.textContent = place.dataset.done.replace("#", Math.ceil(coords.accuracy));
  };
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    status.textContent = place.dataset.busy;
    const refused = () => { status.textContent = place.dataset.refused; };
    navigator.geolocation.getCurrentPosition(filled, refused, {
      enableHighAccuracy: true, timeout: 20_000, maximumAge: 0,
    });
  });
}
