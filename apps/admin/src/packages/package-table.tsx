import { Table, Text } from '@mantine/core';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Empty } from '../ui/feedback/empty.tsx';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { Loading } from '../ui/feedback/loading.tsx';
import { Moment } from '../ui/moment.tsx';
import { noPackagesWords, type PackagesAnswer, packageTagsText } from './package-tags-text.ts';
import classes from './packages.module.css';
import { usePackages } from './use-packages.ts';

/** Every package of the Turn account with its exact tag to copy, each and all together. */
export const PackageTable = () => {
  const { data: answer, error, isFetching, refetch } = usePackages();
  const again = (): void => void refetch();
  if (answer === undefined)
    return error === null ? (
      <Loading what="the packages" />
    ) : (
      <FailureNotice
        error={error}
        title="The packages could not be loaded"
        onRetry={again}
        isRetrying={isFetching}
      />
    );
  const none = noPackagesWords(answer);
  if (none !== null)
    return (
      <Empty
        icon="tag"
        title={none.title}
        {...(answer.kind === 'unavailable'
          ? {
              action: (
                <Button icon="retry" isBusy={isFetching} onClick={again}>
                  Try again
                </Button>
              ),
            }
          : {})}
      >
        {none.text}
      </Empty>
    );
  return answer.kind === 'listed' ? <Listed answer={answer} /> : null;
};

const Listed = ({ answer }: { readonly answer: Extract<PackagesAnswer, { kind: 'listed' }> }) => (
  <div>
    <div className={classes.head}>
      <Text size="sm" c="dimmed">
        {answer.packages.length === 1 ? '1 package' : `${answer.packages.length} packages`}, read from Turn{' '}
        <Moment at={answer.readAt} />
      </Text>
      <CopyButton value={packageTagsText(answer.packages)} what="all package tags">
        Copy all
      </CopyButton>
    </div>
    <Table className={classes.table} verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Package</Table.Th>
          <Table.Th scope="col">Tag for Lever</Table.Th>
          <Table.Th scope="col">
            <span className="hidden-text">Copy</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {answer.packages.map(({ id, name, tag }) => (
          <Table.Tr key={id}>
            <Table.Th scope="row" fw={500}>
              {name}
            </Table.Th>
            <Table.Td>
              <code className={classes.tag}>{tag}</code>
            </Table.Td>
            <Table.Td ta="right">
              <CopyButton value={tag} what={`tag of ${name}`} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
);
