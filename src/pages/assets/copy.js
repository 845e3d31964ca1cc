// Copy buttons and "save as PNG". Every page works without this file.
(() => {
  const spanish = document.documentElement.lang === "es";
  for (const box of document.querySelectorAll("[data-copy]")) {
    const text = box.querySelector("code, blockquote, p") || box;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = spanish ? "Copiar" : "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.innerText.trim());
        button.textContent = spanish ? "Copiado" : "Copied";
      } catch {
        getSelection().selectAllChildren(text);
      }
    });
    box.append(button);
  }
  for (const link of document.querySelectorAll("a[data-png]")) {
    link.hidden = false;
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const svg = await (await fetch(link.href)).text();
      const image = new Image();
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth * 2;
      canvas.height = image.naturalHeight * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const saved = document.createElement("a");
      saved.href = canvas.toDataURL("image/png");
      saved.download = (link.dataset.png || "chart") + ".png";
      saved.click();
    });
  }
})();
