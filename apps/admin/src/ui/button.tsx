import { Button as MantineButton } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** How much a button stands out; `danger` for what takes something away. */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

/** What a button is given. */
export interface ButtonProps {
  readonly children: ReactNode;
  readonly variant?: ButtonVariant;
  readonly type?: 'button' | 'submit';
  readonly icon?: IconName;
  /** Something is under way: shown, and pressing again does nothing. */
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  readonly size?: 'xs' | 'sm';
  readonly isWide?: boolean;
  readonly onClick?: () => void;
  /** The id of the form that it submits, where it stands outside of it. */
  readonly form?: string;
  /** Said by screen readers in the place of the text. */
  readonly label?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

const looks = {
  primary: { variant: 'filled' },
  secondary: { variant: 'default' },
  quiet: { variant: 'subtle' },
  danger: { variant: 'filled', color: 'red.9' },
} as const satisfies Record<ButtonVariant, object>;

/** A button. One on each screen is `primary`: what to do next. */
export const Button = ({
  children,
  variant = 'secondary',
  type = 'button',
  icon,
  isBusy = false,
  isDisabled = false,
  size = 'sm',
  isWide = false,
  label,
  ...rest
}: ButtonProps) => (
  <MantineButton
    {...looks[variant]}
    {...rest}
    type={type}
    size={size}
    loading={isBusy}
    disabled={isDisabled}
    fullWidth={isWide}
    {...(icon === undefined ? {} : { leftSection: <Icon name={icon} size={16} /> })}
    {...(label === undefined ? {} : { 'aria-label': label })}
  >
    {children}
  </MantineButton>
);
