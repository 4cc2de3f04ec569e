// Search in a static copy: the question stands in the address, the answer is put into the start page. Loads the parts of the
// index that it needs as scripts, since a page opened from a disk may not fetch data (src/serve/site/index.rs says what is in them).
"use strict";
(() => {
  const base = new URL("../search/", document.currentScript.src);
  const lang = document.documentElement.lang;
  const words = JSON.parse(document.getElementById("search-words").textContent);
  const PAGE = 20, COMMON = 0.4, FAMILY = 0.5, MOST_FORMS = 400;
  const NARROWING = { country: 3, year: 0, kind: 1, theme: 2, wanted: 4 };

  // Parts of the index, each loaded once.
  const parts = new Map();
  window.twindex = (kind, number, data) => parts.get(`${kind}-${number}`).done(data);
  const load = (kind, number) => {
    const name = `${kind}-${number}`;
    if (!parts.has(name)) {
      const part = {};
      part.data = new Promise((done, failed) => {
        part.done = (data) => { part.now = data; done(data); };
        const script = document.createElement("script");
        script.src = new URL(`${name}.js`, base);
        script.onerror = () => failed(new Error(`${name}.js is missing`));
        document.head.append(script);
      });
      parts.set(name, part);
    }
    return parts.get(name).data;
  };

  // The part that may hold a key: the last that begins before it or with it.
  const place = (firsts, key) => {
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= key) low = middle + 1; else high = middle;
    }
    return Math.max(0, low - 1);
  };
  const value = async (start, kind, key) => {
    if (start[kind].length === 0) return undefined;
    const part = await load(kind, place(start[kind], key));
    return Object.hasOwn(part, key) ? part[key] : undefined;
  };
  const beginning = async (start, prefix) => {
    const found = [], firsts = start.forms;
    for (let at = place(firsts, prefix); at < firsts.length && found.length < MOST_FORMS; at += 1) {
      if (at > 0 && firsts[at] > prefix && !firsts[at].startsWith(prefix)) break;
      const part = await load("forms", at);
      for (const form of Object.keys(part)) if (form.startsWith(prefix)) found.push(part[form]);
    }
    return found;
  };

  const LETTERS = { "ß": "ss", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d" };
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[ßłđøæœıþð]/g, (letter) => LETTERS[letter]);

  // Terms of a word: its own, or where no record has that form, those of the forms that share its beginning.
  const terms_of = async (start, word, whole) => {
    if (!whole) return (await beginning(start, word)).join(" ");
    const own = await value(start, "forms", word);
    if (own !== undefined) return own;
    for (let length = word.length - 1; length >= Math.max(4, word.length - 3); length -= 1) {
      const found = await beginning(start, word.slice(0, length));
      if (found.length > 0) return found.join(" ");
    }
    return "";
  };

  // Words of a question: "-word" must not be there, "wor*" is a beginning.
  const read = (question) => [...question.matchAll(/(?<![\p{L}\p{N}])(-?)([\p{L}\p{N}]+)(\*?)/gu)]
    .map(([, minus, word, star]) => ({ word, folded: fold(word), without: minus === "-", whole: star === "" }));

  const ask = async (start, asked) => {
    const terms = (await terms_of(start, asked.folded, asked.whole)).split(" ").filter((term) => term !== "" && term !== "-");
    asked.terms = new Set(terms);
    asked.records = new Map();
    // The adjectives of the family of a word are words of others, too.
    for (const term of new Set(terms)) {
      const [weigh, listed] = [term.startsWith("~") ? FAMILY : 1, await value(start, "terms", term)];
      let record = 0;
      for (const step of listed ? listed.split(" ") : []) {
        const number = parseInt(step, 36);
        record += Math.floor(number / 4);
        asked.records.set(record, Math.max(asked.records.get(record) ?? 0, (1 + (number % 4)) * weigh));
      }
    }
    return asked;
  };

  // A day, month or year as it sorts; undefined for anything else.
  const day = (text) => {
    const parts = text.trim().match(/^(?:(?:(\d{1,2})\.\s*)?(\d{1,2})\.\s*)?(\d{4})$/);
    if (parts) return [parts[3], parts[2], parts[1]].filter(Boolean).map((part) => part.padStart(2, "0")).join("-");
    return /^\d{4}(-\d{2}){0,2}$/.test(text.trim()) ? text.trim() : undefined;
  };

  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, lang === "cs" ? "\u00a0" : ",");
  const notices = (count) => `${number(count)}\u00a0${count === 1 ? words.notice : words.notices}`;
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const link = (state, ...children) => element("a", { href: `?${state}` }, ...children);
  const changed = (state, change) => {
    const other = new URLSearchParams(state);
    other.delete("page");
    change(other);
    return other;
  };
  const name = (group, value) => (words.names[group] ?? {})[value] ?? value;

  const answer = async (state) => {
    const [start, facts] = await Promise.all([load("start", 0), load("facts", 0)]);
    const lines = facts.split("\n").slice(0, start.records).map((line) => line.split("|"));
    const asked = await Promise.all(read(state.get("q") ?? "").map((word) => ask(start, word)));
    const stops = asked.filter((one) => one.terms.size === 0);
    for (const one of stops) one.stop = (await value(start, "forms", one.folded)) === "-";
    const wanted = asked.filter((one) => !one.without && !one.stop), barred = asked.filter((one) => one.without);
    // A word that very many records have tells nothing; unless there is no other, it only orders.
    const rare = wanted.filter((one) => one.records.size <= start.records * COMMON);
    const deciding = rare.length > 0 ? rare : wanted;
    const from = day(state.get("from") ?? ""), to = day(state.get("to") ?? "");
    const values = (line, group) => (group === "year" ? [line[0].slice(0, 4)] : line[NARROWING[group]].split(" ")).filter(Boolean);
    const groups = Object.keys(NARROWING).filter((group) => group !== "year");
    const holds = (line, except) => groups.every((group) => group === except || state.getAll(group).length === 0
      || state.getAll(group).some((value) => values(line, group).includes(value)))
      && (except === "year" || ((!from || line[0] >= from) && (!to || (line[0] !== "" && line[0].slice(0, to.length) <= to))));
    const found = { full: [], partial: [], counts: {} };
    for (const group of Object.keys(NARROWING)) found.counts[group] = new Map();
    lines.forEach((line, record) => {
      if (barred.some((one) => one.records.has(record))) return;
      const met = deciding.filter((one) => one.records.has(record)).length;
      if (wanted.length > 0 && met === 0) return;
      const score = wanted.reduce((sum, one) => sum + (one.records.get(record) ?? 0) * Math.log(1 + start.records / (1 + one.records.size)), 0);
      const is_full = met === deciding.length;
      for (const group of Object.keys(NARROWING)) {
        if (!is_full || !holds(line, group)) continue;
        for (const value of values(line, group)) found.counts[group].set(value, (found.counts[group].get(value) ?? 0) + 1);
      }
      if (holds(line)) (is_full ? found.full : found.partial).push({ record, score, day: line[0] });
    });
    // Numbers of records go from the newest to the oldest.
    const sort = state.get("sort");
    const orders = { date: (a, b) => a.record - b.record, "-date": (a, b) => (a.day === "") - (b.day === "") || b.record - a.record };
    const order = orders[sort] ?? ((a, b) => b.score - a.score || a.record - b.record);
    found.full.sort(order);
    found.partial.sort(order);
    const unmet = wanted.filter((one) => one.records.size === 0).map((one) => one.word);
    const unused = [["from", from], ["to", to]].filter(([key, read]) => state.get(key) && !read).map(([key]) => state.get(key));
    return { start, found, wanted, unmet, unused };
  };

  // Marks the words of a hit that the question meets.
  const mark = (item, wanted) => {
    const terms = new Set(wanted.flatMap((one) => [...one.terms]));
    const meets = (word) => {
      const known = [...parts].filter(([part]) => part.startsWith("forms-")).map(([, part]) => part.now?.[word]).find((found) => typeof found === "string");
      return known !== undefined && known.split(" ").some((term) => terms.has(term));
    };
    for (const holder of item.querySelectorAll("h2 a, .passage")) {
      const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT), nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      for (const node of nodes) {
        const pieces = node.data.split(/([\p{L}\p{N}]+)/u).map((piece, at) => (at % 2 === 1 && meets(fold(piece)) ? element("mark", {}, piece) : piece));
        node.replaceWith(...pieces);
      }
    }
  };

  const hits = async ({ start, wanted }, shown) => {
    const list = element("ol", { class: "hits" });
    for (const { record } of shown) {
      const cards = await load(`${lang}/cards`, Math.floor(record / start.cards));
      const holder = document.createElement("template");
      holder.innerHTML = cards[record % start.cards];
      mark(holder.content.firstElementChild, wanted);
      list.append(holder.content);
    }
    return list;
  };

  const facets = (state, counts) => Object.entries(counts).filter(([, values]) => values.size > 0).map(([group, values]) => {
    const chosen = group === "year" ? [state.get("from") === state.get("to") ? state.get("from") : ""] : state.getAll(group);
    const rows = [...values].sort((a, b) => chosen.includes(b[0]) - chosen.includes(a[0]) || (group === "year" ? b[0].localeCompare(a[0]) : b[1] - a[1]));
    const row = ([value, count]) => {
      const other = changed(state, (other) => {
        if (group === "year") for (const end of ["from", "to"]) if (chosen.includes(value)) other.delete(end); else other.set(end, value);
        if (group !== "year" && chosen.includes(value)) other.delete(group, value);
        else if (group !== "year") other.append(group, value);
      });
      const made = link(other, element("span", {}, name(group, value)), " ", element("span", { class: "n" }, number(count)));
      if (chosen.includes(value)) made.setAttribute("aria-current", "true");
      return element("li", {}, made);
    };
    const section = element("section", {}, element("h2", {}, words[group]), element("ul", {}, ...rows.slice(0, 8).map(row)));
    if (rows.length > 8) section.append(element("details", {}, element("summary", {}, `${words.more} ${rows.length - 8}`), element("ul", {}, ...rows.slice(8).map(row))));
    return section;
  });

  const chips = (state) => {
    const one = (label, value, without) => element("li", {}, link(without, element("span", {}, `${label}: `), `${value} ×`, element("span", { class: "unseen" }, ` ${words.take_away}`)));
    const all = Object.keys(NARROWING).filter((group) => group !== "year").flatMap((group) => state.getAll(group).map((value) =>
      one(words[group], name(group, value), changed(state, (other) => other.delete(group, value)))));
    const ends = [state.get("from"), state.get("to")].filter(Boolean);
    if (ends.length > 0) {
      const span = [...new Set(ends)].join(" – ");
      all.push(one(words.year, span, changed(state, (other) => { other.delete("from"); other.delete("to"); })));
    }
    return all.length > 0 ? [element("ul", { class: "chips", "aria-label": words.narrowed }, ...all)] : [];
  };

  const pager = (state, page, pages) => {
    const at = (page) => changed(state, (other) => { if (page > 1) other.set("page", page); });
    const parts = [element("span", {}, `${words.page} ${page} ${words.of} ${pages}`)];
    if (page > 1) parts.unshift(link(at(page - 1), `← ${words.previous}`));
    if (page < pages) parts.push(link(at(page + 1), `${words.next} →`));
    return pages > 1 ? [element("nav", { class: "pager", "aria-label": words.page }, ...parts)] : [];
  };

  const show = async (state) => {
    const results = document.querySelector(".results"), narrow = document.querySelector(".facets");
    results.setAttribute("aria-busy", "true");
    const told = await answer(state);
    const { full, partial, counts } = told.found;
    const all = full.length + partial.length, pages = Math.max(1, Math.ceil(all / PAGE));
    const page = Math.min(pages, Math.max(1, Math.trunc(Number(state.get("page"))) || 1));
    const [from, to] = [(page - 1) * PAGE, page * PAGE];
    const heading = element("h1", { id: "count" }, full.length === 0 && partial.length > 0 ? words.none_whole : notices(full.length));
    if (partial.length > 0) heading.append(" ", element("small", {}, `+ ${number(partial.length)} ${words.partial_after}`));
    const shown = [element("div", { class: "heading" }, heading), ...chips(state)];
    if (all === 0) shown.push(element("p", { class: "nothing" }, element("strong", {}, words.nothing), ` ${words.nothing_hint}`));
    const whole = await hits(told, full.slice(from, to));
    whole.setAttribute("start", from + 1);
    if (whole.childElementCount > 0) shown.push(whole);
    const rest = await hits(told, partial.slice(Math.max(0, from - full.length), Math.max(0, to - full.length)));
    if (rest.childElementCount > 0) shown.push(element("h2", { class: "partial" }, words.part_only), rest);
    results.replaceChildren(...shown, ...pager(state, page, pages));
    results.removeAttribute("aria-busy");
    if (narrow) narrow.replaceChildren(...facets(state, counts));
    const notes = [];
    if (told.unmet.length > 0) notes.push(element("p", {}, `${words.no_notice_has}: `, element("em", {}, told.unmet.join(", "))));
    if (told.unused.length > 0) notes.push(element("p", { class: "warn" }, `${words.not_used}: ${told.unused.join(", ")}`));
    document.querySelector(".understood").replaceChildren(...notes);
  };

  // What the address asks goes back into the form, and what narrows stays with the next question.
  const state = new URLSearchParams(location.search);
  for (const [key, value] of [...state]) if (value.trim() === "") state.delete(key, value);
  const form = document.querySelector("form.search");
  for (const [key, value] of state) {
    if (key === "page") continue;
    const field = form.elements.namedItem(key);
    if (field) field.value = value;
    else form.append(element("input", { type: "hidden", name: key, value }));
  }
  if ([...state.keys()].length > 0) {
    for (const intro of document.querySelectorAll(".intro")) intro.remove();
    if (state.get("q")) document.title = `${state.get("q")} · ${words.site}`;
    show(state).catch((error) => {
      document.querySelector(".understood").replaceChildren(element("p", { class: "warn" }, `${words.failed} ${error.message}`));
    });
  }
})();
