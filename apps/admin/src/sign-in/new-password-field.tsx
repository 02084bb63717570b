import { passwordLength } from '@turn-lever/core/people';
import { PasswordField } from '../ui/fields/password-field.tsx';

/** A new password, with what is asked of it. */
export const NewPasswordField = ({
  label = 'Password',
  value,
  onChange,
  error,
}: {
  label?: string;
  value: string;
  onChange: (value: string) => void;
  error: string | null;
}) => (
  <PasswordField
    label={label}
    hint={`At least ${passwordLength.min} characters. A few words in a row are easy to remember.`}
    autoComplete="new-password"
    value={value}
    onChange={onChange}
    error={error}
    isRequired
  />
);
