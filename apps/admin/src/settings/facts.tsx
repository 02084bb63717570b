import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** Names and what they stand for, one line each. A fact that is null is left out. */
export const Facts = ({ of }: { readonly of: readonly (readonly [string, ReactNode] | null)[] }) => (
  <dl className={classes.facts}>
    {of.flatMap((fact) => {
      if (fact === null) return [];
      const [name, value] = fact;
      return [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>];
    })}
  </dl>
);
