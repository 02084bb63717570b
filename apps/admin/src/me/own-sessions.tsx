import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../server/trpc.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { Loading } from '../ui/feedback/loading.tsx';
import { Status } from '../ui/feedback/status.tsx';
import { Section } from '../ui/layout/section.tsx';
import { Moment } from '../ui/moment.tsx';
import classes from './own-sessions.module.css';

/** Where one is signed in, and out of it. */
export const OwnSessions = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const sessions = useQuery(trpc.person.sessions.queryOptions({}));
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: trpc.person.sessions.pathKey() });
  const end = useMutation({ ...trpc.person.endSession.mutationOptions(), onSuccess });
  const endOthers = useMutation({ ...trpc.person.endOtherSessions.mutationOptions(), onSuccess });
  const others = sessions.data?.filter(({ isThis }) => !isThis) ?? [];
  return (
    <Section
      title="Where you are signed in"
      description="A sign-in ends after eight hours without use, and after seven days in any case."
      actions={
        others.length > 0 && (
          <Button isBusy={endOthers.isPending} onClick={() => endOthers.mutate({})}>
            Sign out everywhere else
          </Button>
        )
      }
    >
      {sessions.isPending && <Loading what="your sign-ins" lines={2} />}
      <FailureNotice
        error={sessions.error}
        title="Your sign-ins could not be loaded"
        onRetry={() => void sessions.refetch()}
        isRetrying={sessions.isFetching}
      />
      <FailureNotice error={end.error ?? endOthers.error} title="Nobody was signed out" />
      {sessions.data !== undefined && (
        <ul className={classes.list}>
          {sessions.data.map(({ id, startedAt, lastUsedAt, isThis }) => (
            <li key={id} className={classes.row}>
              <span className={classes.words}>
                <span>
                  Signed in <Moment at={startedAt} />
                </span>
                <span className={classes.lesser}>
                  Last used <Moment at={lastUsedAt} />
                </span>
              </span>
              {isThis ? (
                <Status tone="good">This browser</Status>
              ) : (
                <Button
                  size="xs"
                  isBusy={end.isPending && end.variables.sessionId === id}
                  onClick={() => end.mutate({ sessionId: id })}
                >
                  Sign out
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
};
