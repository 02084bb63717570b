/** Where the emulators of this test file listen: what they answer is full of persons. All else is the program's. */
export const vendorOrigins = new Set<string>();
