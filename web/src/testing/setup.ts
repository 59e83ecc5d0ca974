import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// jsdom 26 knows the dialog element but not its modal methods; browsers have had them since 2022.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
  this.dispatchEvent(new Event("close"));
};

// As the platform's page has it for who is signed in.
document.head.innerHTML = '<meta name="csrf" content="proof-of-page" />';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
