/** Said wherever a Super Admin stops being one: the links they made must let nobody in any more. */
export const linksEnd =
  'Invitations and password links of this account that nobody has used end with it; make those anew that are still needed.';
