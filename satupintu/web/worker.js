/* The service worker of SatuPintu. It keeps the shell and the offline pages named in PLAN, which the
   server writes above this text. It stores no visited page and sends nothing later: data that waits
   on the phone is kept by the pages themselves. */
const KEPT = "satupintu-" + PLAN.version;
const PATIENCE = 8000; // ms before a stand-in replaces a page that does not come

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

/* Everything for everybody; the pages of the field too where a field device asked for them before. */
async function keepAll() {
  const [first] = PLAN.field.pages;
  const field = first && (await caches.match(first));
  await keepThese(PLAN);
  if (field) await keepThese(PLAN.field);
}

const keepField = async () => (await kept(PLAN.field.pages[0])) || keepThese(PLAN.field);

async function keepThese({ files, pages }) {
  const box = await caches.open(KEPT);
  await box.addAll(files);
  await Promise.all(pages.map(async (path) => {
    // What is kept must show nobody's name: the next person with this phone may open it.
    const headers = { "X-Keep-On-Phone": "1" };
    const answer = await fetch(path, { cache: "no-cache", credentials: "same-origin", headers });
    if (!answer.ok || answer.redirected) throw new Error("cannot keep " + path);
    await box.put(path, answer);
  }));
}

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("satupintu-") && name !== KEPT);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/* A page asks the waiting worker to take over. It does so only while no page holds a draft:
   pages with a draft hold the lock "draft" in shared mode (see sp.js). */
self.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(takeOverIfNoDraft());
  if (event.data === "keep-again") event.waitUntil(keepAll());
  if (event.data === "keep-field") event.waitUntil(keepField());
});

async function takeOverIfNoDraft() {
  if (!self.navigator.locks) return;
  await self.navigator.locks.request("draft", { ifAvailable: true }, (lock) => lock && self.skipWaiting());
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, url));
  else if ([...PLAN.files, ...PLAN.field.files].includes(url.pathname)) event.respondWith(file(request));
  else if ([...PLAN.pages, ...PLAN.field.pages].includes(url.pathname)) event.respondWith(networkThenKept(request, url));
});

/* Files have their content in their name: what is kept is right for ever. */
async function file(request) {
  return (await kept(request.url)) || fetch(request);
}

async function networkThenKept(request, url) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await kept(url.pathname);
    if (found) return found;
    throw error;
  }
}

async function page(request, url) {
  const network = fetch(request);
  const waited = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const first = await Promise.race([network, waited]);
    return first || (await standIn(url, false)) || (await network);
  } catch (error) {
    const found = await standIn(url, true);
    if (found) return found;
    throw error;
  }
}

/* The page itself if kept, else the stand-in of its prefix. The plain offline page is the last
   resort and only for a network that is gone, not for a slow one. */
async function standIn(url, gone) {
  const own = await kept(url.pathname);
  if (own) return own;
  const pair = PLAN.standIns.find(([prefix]) => url.pathname.startsWith(prefix));
  const found = pair[0] === "/" ? undefined : await kept(pair[1]);
  return found || (gone ? kept(PLAN.standIns[PLAN.standIns.length - 1][1]) : undefined);
}

async function kept(address) {
  return (await caches.open(KEPT)).match(address);
}
