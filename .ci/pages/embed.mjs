// The height that a page of a sum gives for its chart in an article: on the narrowest screen nothing of the chart is cut off.

const NARROW = 320;

/** Opens the chart of each sum as an article would, in both languages. `fault` takes the address and what is wrong. */
export async function embeds(launched, base, addresses, fault) {
  const context = await launched.newContext({ viewport: { width: NARROW, height: 100 } });
  const page = await context.newPage();
  let opened = 0;
  for (const prefix of ["", "/es"]) {
    for (const address of addresses.filter((each) => /^\/[a-z-]+\/totals\?/.test(each))) {
      await page.goto(base + prefix + address);
      const lines = await page.locator("code", { hasText: "<iframe" }).allTextContents();
      if (lines.length !== 2) fault(prefix + address, `${lines.length} lines for an article`);
      const given = lines.map((line) => Number(line.match(/ height="(\d+)"/)?.[1]));
      await page.goto(`${base}${prefix}/embed${address}`);
      const needed = await page.evaluate(() => document.documentElement.scrollHeight);
      if (!given.every((height) => height >= needed)) fault(prefix + address, `${given} px given, ${needed} needed`);
      opened += 1;
    }
  }
  await context.close();
  return opened;
}
