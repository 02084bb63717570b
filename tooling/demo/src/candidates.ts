/** Invented people for the board. The first is the one whose story is told. */
export const candidates = [
  {
    name: 'Robin Example',
    emails: ['robin@example.com'],
    phones: ['(202) 555-0143'],
    tags: ['Engineering', 'TurnPackage:P0000000002:Standard plus MVR'],
  },
  { name: 'Sample, Alex Jr.', emails: ['alex@example.com'], tags: ['Operations'] },
  { name: 'Kim Placeholder', emails: [], tags: ['Sales'] },
  { name: 'Mononym', emails: ['one-name@example.com'], tags: ['Arts'] },
  {
    name: 'Jo Undecided',
    emails: ['jo@example.com'],
    tags: ['TurnPackage:P0000000001:Standard', 'TurnPackage:P0000000002:Standard plus MVR'],
  },
  { name: 'Lee van der Test', emails: ['lee@example.com'], tags: ['TurnPackage:P999:Retired'] },
] as const;

/** The packages the demo's Turn offers. */
export const packages = [
  { id: 'P0000000001', name: 'Standard' },
  { id: 'P0000000002', name: 'Standard plus MVR' },
] as const;
