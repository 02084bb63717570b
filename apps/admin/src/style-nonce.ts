/**
 * The nonce of this page's content security policy, for styles made at run time; empty where there is none (`dev`). It is
 * told to the part that keeps the page from scrolling behind a dialog, too.
 */
export const readStyleNonce = (): string => {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  Object.assign(globalThis, { __webpack_nonce__: nonce });
  return nonce;
};
