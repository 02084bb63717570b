import type { LeverPermission } from '@turn-lever/core/connection';
import { permissionWords } from './permission-words.ts';

/** Permissions in plain words, one a line. */
export const PermissionList = ({ of }: { readonly of: readonly LeverPermission[] }) => (
  <ul style={{ margin: '0.25rem 0 0', paddingLeft: '1.25rem', fontSize: '0.875rem' }}>
    {of.map((permission) => (
      <li key={permission}>{permissionWords[permission]}</li>
    ))}
  </ul>
);
