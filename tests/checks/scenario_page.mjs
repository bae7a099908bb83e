// SPDX-License-Identifier: Apache-2.0
// Clicks through the page of scenarios in a browser as a reader would. usage: scenario_page.mjs REPORT.html [SCREENSHOT_FOLDER]
// Skipped (exit code 77) where Chromium is not there.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [report, pictures] = process.argv.slice(2);
const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
if (!executablePath) {
  console.log("scenario_page: no Chromium here; apt-get install chromium");
  process.exit(77);
}
const require = createRequire(new URL("../package.json", import.meta.url));
const { chromium } = require("playwright-core");

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
const problems = [];
page.on("pageerror", (error) => problems.push(String(error)));
page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
page.on("request", (request) => request.url().startsWith("file:") || request.url().startsWith("data:") || problems.push("asks for " + request.url()));

const rowCount = () => page.locator("#table tbody tr").count();
const pixels = () => page.locator("#picture").evaluate((canvas) => canvas.toDataURL());
const shoot = async (name) => pictures && page.screenshot({ path: path.join(pictures, name), fullPage: true });

try {
  await page.goto(pathToFileURL(path.resolve(report)).href);
  const runs = await page.evaluate(() => data.runs.map((run) => ({ verdict: run.result.verdict, hasTrace: run.trace !== null })));
  assert.ok(runs.length > 0, "no runs in the page");
  assert.equal(await rowCount(), runs.length);
  await shoot("page.png");

  for (const verdict of ["FAIL", "PASS"]) {
    await page.click(`.tile[data-verdict="${verdict}"]`);
    assert.equal(await rowCount(), runs.filter((run) => run.verdict === verdict).length, `rows of ${verdict}`);
  }
  await page.click('.tile[data-verdict=""]');
  await page.fill("#filter", "no run is called so");
  assert.equal(await rowCount(), 0);
  await page.fill("#filter", "");

  await page.click('th[data-key="scenario"]');
  const names = await page.locator("#table tbody tr td:nth-child(2)").allTextContents();
  await page.click('th[data-key="scenario"]');
  assert.deepEqual((await page.locator("#table tbody tr td:nth-child(2)").allTextContents()).length, names.length);

  const traced = runs.findIndex((run) => run.hasTrace);
  assert.ok(traced >= 0, "no run with a trace");
  await page.click(`#table tr[data-run="${traced}"]`);
  const before = await pixels();
  const last = await page.locator("#time").getAttribute("max");
  await page.locator("#time").fill(String(Math.floor(Number(last) / 2)));
  assert.notEqual(await pixels(), before, "the picture does not move with the slider");
  await shoot("middle.png");
  const why = await page.textContent("#why");
  assert.match(why, /keep lane|pass|wait/, "the planner's reasons are not seen");
  assert.equal(await page.locator("#why tr.binding").count(), 1, "one reason binds");
  assert.ok((await page.locator("#curves rect title").count()) > 0, "no reasons over time");
  const clock = await page.textContent("#clock");
  await page.click("#play");
  await page.waitForFunction((text) => document.getElementById("clock").textContent !== text, clock);
  await page.click("#play");
  assert.equal(await page.textContent("#play"), "Play");

  const options = await page.locator("#kpi option").count();
  assert.ok(options > 3, "few figures to choose from");
  await page.selectOption("#kpi", { index: options - 1 });
  assert.ok((await page.locator("#kpi-plot circle").count()) > 0);

  if (await page.locator("#heat-card").isVisible()) {
    const cells = page.locator("#heat td[data-x]");
    assert.ok((await cells.count()) > 1, "a heat map of one cell");
    await cells.first().click();
    await page.selectOption("#heat-value", { index: 1 });
    await shoot("heat.png");
  }
  assert.deepEqual(problems, []);
  console.log(`scenario_page: ${runs.length} runs clicked through`);
} finally {
  await browser.close();
}
