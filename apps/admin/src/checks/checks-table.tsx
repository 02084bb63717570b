import { Table, Text } from '@mantine/core';
import type { Outputs } from '../server/trpc.ts';
import { Status } from '../ui/feedback/status.tsx';
import { Moment } from '../ui/moment.tsx';
import { OutsideLink } from '../ui/outside-link.tsx';
import { checkProgress } from './check-progress.ts';
import classes from './checks.module.css';

type ListedCheck = Outputs['checks']['list']['checks'][number];

/** Checks in rows; on a phone each becomes a block. */
export const ChecksTable = ({ checks }: { readonly checks: readonly ListedCheck[] }) => (
  <Table className={classes.table} verticalSpacing="sm" horizontalSpacing="lg">
    <Table.Thead>
      <Table.Tr>
        <Table.Th scope="col">Candidate</Table.Th>
        <Table.Th scope="col">Status</Table.Th>
        <Table.Th scope="col">Package</Table.Th>
        <Table.Th scope="col">Turn ID</Table.Th>
        <Table.Th scope="col">Ordered</Table.Th>
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {checks.map((check) => (
        <Row key={check.id} check={check} />
      ))}
    </Table.Tbody>
  </Table>
);

const Row = ({ check }: { readonly check: ListedCheck }) => {
  const progress = checkProgress(check);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {/* Lever keeps the name; ours goes some time after the check has ended. */}
        <CandidateLink name={check.displayName ?? 'Candidate in Lever'} url={check.leverUrl} />
      </Table.Th>
      <Table.Td>
        <Status tone={progress.tone} {...(progress.tone === 'info' ? { icon: 'wait' } : {})}>
          {progress.word}
        </Status>
        {progress.sentence !== null && (
          <Text size="xs" c="dimmed" mt={4} maw="22rem">
            {progress.sentence}
          </Text>
        )}
        {check.reportUrl != null && (
          <Text size="sm" mt={4}>
            <OutsideLink href={check.reportUrl}>Report at Turn</OutsideLink>
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <span className={classes.name}>Package </span>
        {check.packageId ?? 'Turn’s own default'}
      </Table.Td>
      <Table.Td>
        <span className={classes.name}>Turn ID </span>
        {check.turnId === null ? '–' : <code>{check.turnId}</code>}
      </Table.Td>
      <Table.Td>
        <span className={classes.name}>Ordered </span>
        {check.orderedAt === null ? 'Not ordered' : <Moment at={check.orderedAt} />}
      </Table.Td>
    </Table.Tr>
  );
};

const CandidateLink = ({ name, url }: { readonly name: string; readonly url: string | null }) =>
  url === null ? name : <OutsideLink href={url}>{name}</OutsideLink>;
