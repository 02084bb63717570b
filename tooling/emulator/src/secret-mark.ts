/**
 * Stands in every refresh and signature token that is made here, in a form that fits both, so that a test can look for
 * them where none may be. The other secrets are known by their beginning: access tokens, as a JWT's header, and the
 * client's secret.
 */
export const secretMark = 'c0ffee5ec4e7';
