// What a page does better with scripts: suggestions, dragging over the time line, copying. Everything works without.
"use strict";

// Buttons that copy what they name: text as it is, a table as cells with tabs between.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.querySelector(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const rows = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()).join("\t")).join("\n");
    await navigator.clipboard.writeText(source instanceof HTMLTableElement ? rows(source) : source.innerText);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// The time line: from the bar where the pointer goes down to the one where it comes up.
for (const svg of document.querySelectorAll(".chart svg")) {
  const bars = [...svg.querySelectorAll("a[data-key]")];
  let first = null;
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const place = Math.floor(((event.clientX - box.left) / box.width) * bars.length);
    return Math.min(bars.length - 1, Math.max(0, place));
  };
  const draw = (last) => bars.forEach((bar, place) => {
    bar.classList.toggle("drawn", first !== null && place >= Math.min(first, last) && place <= Math.max(first, last));
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => { if (event.button === 0) first = at(event); });
  svg.addEventListener("pointermove", (event) => { if (first !== null) draw(at(event)); });
  svg.addEventListener("pointercancel", () => { first = null; draw(0); });
  window.addEventListener("pointerup", (event) => {
    if (first === null) return;
    const [from, to] = [first, at(event)].sort((a, b) => a - b);
    first = null;
    draw(0);
    if (from === to) return;
    const address = new URL(bars[from].href.baseVal, location.href);
    address.searchParams.set("from", bars[from].dataset.key);
    address.searchParams.set("to", bars[to].dataset.key);
    location.assign(address);
  });
}

// Suggestions while a query is typed, as a list that the keyboard reaches (combobox of ARIA).
const box = document.querySelector("input[data-suggest]");
if (box) {
  const list = document.createElement("ul");
  Object.assign(list, { id: "suggestions", className: "suggest", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.label);
  box.after(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-controls", "suggestions");
  box.setAttribute("aria-autocomplete", "list");
  let chosen = -1, asked = 0, timer = 0;
  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const choose = (place) => {
    chosen = place;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    if (place < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", options()[place].id);
  };
  const take = (option) => {
    if (option.dataset.href) return location.assign(option.dataset.href);
    box.value = option.firstChild.textContent;
    close();
    box.form.requestSubmit();
  };
  const show = (values, notes, addresses) => {
    list.replaceChildren(...values.map((value, number) => {
      const option = document.createElement("li"), note = document.createElement("span");
      option.id = `suggestion-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.href = addresses[number];
      note.textContent = notes[number];
      option.append(value, note);
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    chosen = -1;
    list.hidden = values.length === 0;
    box.setAttribute("aria-expanded", String(values.length > 0));
  };
  const ask = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`);
      const [, values, notes, addresses] = await answer.json();
      if (mine === asked && document.activeElement === box) show(values, notes, addresses);
    } catch { close(); }
  };
  close();
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape" && !list.hidden) { close(); event.preventDefault(); }
    else if (list.hidden || count === 0) return;
    else if (event.key === "ArrowDown") { choose(chosen + 1 < count ? chosen + 1 : -1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { choose(chosen < 0 ? count - 1 : chosen - 1); event.preventDefault(); }
    else if (event.key === "Enter" && chosen >= 0) { take(options()[chosen]); event.preventDefault(); }
  });
}

// "/" leads to the search box, as in other archives.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
  if (box && event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { box.focus(); event.preventDefault(); }
});
