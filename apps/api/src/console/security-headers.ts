/** What helmet is told for everything that a browser gets from us, besides the content security policy. */
export const securityHeaders = (publicUrl: string) =>
  ({
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // On plain http it would be ignored, and there it is this machine only.
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  }) as const;
