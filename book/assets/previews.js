// Says what a link leads to before it is followed: on rest of the pointer, on focus, at the first touch of a finger.
{
  const here = document.currentScript.src;
  const box = document.createElement("div");
  box.className = "gum-preview";
  box.id = "gum-preview";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  let shown = null, waiting = 0;
  const asked = {}, come = new Set();

  // The words of an address lie in one of 64 files, by its letters, as gumbook/previews.py shares them out.
  const fileOf = (address) => [...address].reduce((sum, letter) => (sum * 31 + letter.codePointAt()) % 64, 0);
  const ask = (number) => (asked[number] ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = here.replace(/previews\.js.*/, `previews/${number}.js`);
    script.onload = script.onerror = () => { come.add(number); done(); };
    document.head.append(script);
  }));
  // What may be said of a link: what stands at its anchor, or else what the page says on which that is.
  const places = (link) => {
    const page = link.pathname.split("/").pop();
    return link.hash && link.pathname !== location.pathname ? [page + link.hash, page] : [page + link.hash];
  };
  const load = (link) => Promise.all(places(link).map((place) => ask(fileOf(place))));
  const ready = (link) => link.title || link.dataset.words || places(link).every((place) => come.has(fileOf(place)));

  const said = (link) => {
    if (link.title) { link.dataset.words = link.title; link.removeAttribute("title"); }
    const known = window.gumPreviews || {};
    return link.dataset.words || places(link).map((place) => known[place]).find(Boolean) || "";
  };

  const hide = () => {
    clearTimeout(waiting);
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
    box.hidden = true;
  };

  const show = async (link) => {
    if (!ready(link)) await load(link);
    const words = said(link);
    hide();
    if (!words) return false;
    box.textContent = words.replace(" · ", "\n");
    box.hidden = false;
    if (!box.isConnected) document.body.append(box);
    const at = link.getClientRects()[0] || link.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left), innerWidth - box.offsetWidth - 8);
    const below = at.bottom + box.offsetHeight + 12 < innerHeight;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${(below ? at.bottom + 6 : at.top - box.offsetHeight - 6) + scrollY}px`;
    link.setAttribute("aria-describedby", box.id);
    shown = link;
    return true;
  };

  const aim = (event) => event.target.closest?.("article a[href]");
  const told = (link) => link && (link.title || link.dataset.words || /\.html$/.test(link.pathname)) && link.host === location.host;
  addEventListener("pointerover", (event) => {
    const link = aim(event);
    clearTimeout(waiting);
    if (event.pointerType !== "touch" && told(link)) waiting = setTimeout(() => show(link), 250);
  });
  addEventListener("pointerout", (event) => { if (event.pointerType !== "touch" && aim(event)) hide(); });
  addEventListener("focusin", (event) => {
    const link = aim(event);
    if (told(link) && link.matches(":focus-visible")) show(link);
  });
  addEventListener("focusout", hide);
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // The first touch says where a link leads; the second follows it.
  let finger = false;
  addEventListener("pointerdown", (event) => {
    finger = event.pointerType === "touch";
    if (finger && aim(event) !== shown) hide();
  });
  addEventListener("click", (event) => {
    const link = aim(event);
    if (!finger || !told(link) || link === shown) return;
    if (ready(link) && !said(link)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show(link).then((done) => { if (!done) link.click(); });
  }, true);
}
