// Every kind of page of `serve` looked at: accessibility (axe-core), valid HTML (the Nu checker), bytes, and pictures.
//
//   npm install playwright-core axe-core vnu-jar      (in any folder; run there, or name it in NODE_PATH)
//   twindex --home HOME serve --addr 127.0.0.1:8642 & node look.mjs http://127.0.0.1:8642 [FOLDER for pictures]
//
// Chromium of the system, with an empty profile; all requests go to the server named. Exit code 1 where anything was found.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const checker = require("vnu-jar");

const [base, folder] = process.argv.slice(2);
const json = async (path) => (await fetch(base + path)).json();
const query = encodeURIComponent("lázeňské město hledá partnera");
const records = async (query) => (await json("/api/search?q=" + encodeURIComponent(query))).hits.map((hit) => hit.record);
const record = [...(await records("version:2..")), ...(await records("kind:partner_search"))][0];
const with_document = (await records("has:attachment")).find((one) => one.attachments.some((document) => document.text));
const place = (await json("/api/places")).find((one) => one.geonames_id);
const pages = {
  start: "/", search: "/?q=" + query, narrowed: "/?q=partner&country=UA&from=2023&to=2023", nothing: "/?q=xyzzyqux", past: "/?as-of=2026",
  table: "/?view=table&sort=population", timeline: "/?view=timeline", map: "/?view=map", record: "/record/" + record.id,
  versions: `/record/${record.id}/versions`, archived: `/record/${record.id}/archived`,
  ...(with_document ? { document: `/record/${with_document.id}/document/${1 + with_document.attachments.findIndex((one) => one.text)}` } : {}),
  places: "/places", place: "/place/" + place.geonames_id, country: "/country/" + place.country, changes: "/changes?since=2000", about: "/about",
  help: "/help", "not-found": "/nowhere",
};
const looks = {
  cs: { prefix: "", width: 1280, height: 900, colorScheme: "light" },
  "en-dark": { prefix: "/en", width: 1280, height: 900, colorScheme: "dark" },
  narrow: { prefix: "", width: 390, height: 844, colorScheme: "light" },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let found = 0;
const source = mkdtempSync(join(tmpdir(), "look-"));
if (folder) mkdirSync(folder, { recursive: true });
for (const [look, { prefix, width, height, colorScheme }] of Object.entries(looks)) {
  // Only the checker's own script needs the policy bypassed; `serve` is tested for keeping it elsewhere.
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(base + prefix + path, { waitUntil: "load" });
    writeFileSync(join(source, `${look}-${name}.html`), await (await fetch(base + prefix + path)).text());
    if (folder) await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: look !== "cs" || name !== "help" });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const one of violations) {
      found += 1;
      console.log(`${look} ${name}: ${one.id} (${one.impact}) ${one.help}; ${one.nodes.length} × ${one.nodes[0].html.slice(0, 140)}`);
    }
  }
  await context.close();
}
await browser.close();
console.log(`axe: ${Object.keys(pages).length} kinds of page, ${Object.keys(looks).length} looks, ${found} findings`);
try {
  execFileSync("java", ["-jar", checker, "--errors-only", source], { stdio: ["ignore", "inherit", "pipe"] });
  console.log("vnu: valid");
} catch (error) {
  console.log(`vnu:\n${String(error.stderr).slice(0, 6000)}`);
  found += 1;
}
process.exitCode = found ? 1 : 0;
