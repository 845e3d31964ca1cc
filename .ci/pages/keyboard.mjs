// Goes through every kind of page by the Tab key alone: all that can be used is reached once, in the order in which it is written
// and, where the page is one column, drawn; what has the focus shows it, and is neither out of sight nor covered.

/** Visits each address: in English on a narrow screen, in Spanish on a wide one. `fault` takes the address and what is wrong. */
export async function keyboard(browser, base, addresses, fault) {
  let stops = 0;
  for (const [width, prefix] of [[320, ""], [1280, "/es"]]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const address of addresses) {
      const path = prefix && address === "/" ? prefix : prefix + address;
      await page.goto(base + path, { waitUntil: "load" });
      await page.evaluate(prepare);
      do await page.keyboard.down("Tab"); while (await page.evaluate(() => window.look()));
      const { faults, reached } = await page.evaluate(() => window.seen());
      stops += reached;
      for (const what of faults) fault(`${path} at ${width} px, by keyboard`, what);
    }
    await context.close();
  }
  return stops;
}

/** Runs in the page: `look` judges what has the focus now, `seen` says what was wrong. */
function prepare() {
  const stops = [];
  const faults = [];
  const isOneColumn = innerWidth < 400;
  const name = (element) => `${element.tagName.toLowerCase()} "${(element.textContent || element.name).trim().slice(0, 40)}"`;
  let last;
  window.look = () => {
    const element = document.activeElement;
    // After the last the focus leaves the page, or begins again.
    if (!element || element === document.body || stops.includes(element)) return false;
    const style = getComputedStyle(element);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push(`nothing shows the focus of ${name(element)}`);
    const before = stops.at(-1);
    const follows = !before || before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!follows) faults.push(`${name(element)} stands before ${name(before)}, and is reached after it`);
    const boxes = [...element.getClientRects()];
    const inSight = boxes.map((box) => ({
      left: Math.max(box.left, 0), right: Math.min(box.right, innerWidth),
      top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight),
    })).filter((box) => box.left < box.right && box.top < box.bottom);
    const isUncovered = inSight.some((box) => {
      const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      return top && (element.contains(top) || top.contains(element));
    });
    if (!inSight.length) faults.push(`${name(element)} has the focus out of sight`);
    else if (!isUncovered) faults.push(`${name(element)} has the focus under something else`);
    // Links that jump over something show themselves above it.
    if (!element.matches(".skip")) {
      const whole = element.getBoundingClientRect();
      // The cells of a row lie side by side, each as high as it is.
      const row = element.closest("tr");
      const isNext = !last || (row && row === last.element.closest("tr"));
      if (isOneColumn && !isNext && whole.bottom + scrollY <= last.top) {
        faults.push(`${name(element)} is drawn above ${name(last.element)}, and is reached after it`);
      }
      last = { element, top: whole.top + scrollY };
    }
    stops.push(element);
    return true;
  };
  window.seen = () => {
    const usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    for (const element of document.querySelectorAll(usable)) {
      if (element.checkVisibility() && !stops.includes(element)) faults.push(`${name(element)} is not reached`);
    }
    return { faults, reached: stops.length };
  };
}
