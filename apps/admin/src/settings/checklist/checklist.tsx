import { Progress, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { useSettings } from '../settings-context.ts';
import classes from './checklist.module.css';
import { type ChecklistRow, checklistCount, checklistRows, sectionOf } from './checklist-rows.ts';

/** What is set up and what is next. Each line leads to its section. */
export const Checklist = () => {
  const { checklist } = useSettings().view;
  const headingId = useId();
  const rows = checklistRows(checklist);
  const done = rows.filter(({ isDone }) => isDone).length;
  return (
    <nav aria-labelledby={headingId}>
      <div className={classes.head}>
        <Title order={3} id={headingId}>
          Set-up
        </Title>
        <Text size="sm" c="dimmed">
          {checklistCount(checklist)}
        </Text>
      </div>
      <Progress value={(done / Math.max(rows.length, 1)) * 100} size="xs" mb="sm" aria-hidden="true" />
      <ol className={classes.rows}>
        {rows.map((row) => (
          <Row key={row.step} row={row} />
        ))}
      </ol>
    </nav>
  );
};

const Row = ({ row }: { readonly row: ChecklistRow }) => {
  const { view } = useSettings();
  const place = sectionOf(row.step, view.turn.state === 'working');
  return (
    <li className={`${classes.row} ${row.isNext ? classes.next : ''}`}>
      <a href={`#${place}`} className={classes.link} aria-current={row.isNext ? 'step' : undefined}>
        <span className={row.isDone ? classes.done : classes.open}>
          {row.isDone ? <Icon name="check" size={14} /> : null}
        </span>
        <span>
          <span className={classes.title}>{row.title}</span>
          <span className="hidden-text">{row.isDone ? ', done. ' : ', open. '}</span>
          {row.isNext && <span className={classes.sentence}>{row.sentence}</span>}
        </span>
      </a>
    </li>
  );
};
