import { Table, Text } from '@mantine/core';
import type { Outputs } from '../server/trpc.ts';
import { Status } from '../ui/feedback/status.tsx';
import { Moment } from '../ui/moment.tsx';
import { OutsideLink } from '../ui/outside-link.tsx';
import { checkProgress } from './check-progress.ts';
import classes from './checks.module.css';

type ListedCheck = Outputs['checks']['list']['checks'][number];
type Packages = readonly { readonly id: string; readonly name: string }[];

/** Checks in rows; on a phone each becomes a block. A package that Turn lists is called by its name. */
export const ChecksTable = ({
  checks,
  packages,
}: {
  readonly checks: readonly ListedCheck[];
  readonly packages: Packages;
}) => (
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
        <Row key={check.id} check={check} packages={packages} />
      ))}
    </Table.Tbody>
  </Table>
);

const Row = ({ check, packages }: { readonly check: ListedCheck; readonly packages: Packages }) => {
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
        <PackageName check={check} packages={packages} />
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

const PackageName = ({
  check: { packageId, orderedAt },
  packages,
}: {
  readonly check: ListedCheck;
  readonly packages: Packages;
}) => {
  // What waits has none yet: its tags are read again when it is decided.
  if (packageId === null) return orderedAt === null ? '–' : 'Turn’s own default';
  const name = packages.find(({ id }) => id === packageId)?.name;
  if (name === undefined) return packageId;
  return (
    <>
      {name}{' '}
      <Text span size="xs" c="dimmed">
        {packageId}
      </Text>
    </>
  );
};

const CandidateLink = ({ name, url }: { readonly name: string; readonly url: string | null }) =>
  url === null ? name : <OutsideLink href={url}>{name}</OutsideLink>;
