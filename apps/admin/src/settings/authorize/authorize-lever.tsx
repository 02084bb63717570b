import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/feedback/failure-notice.tsx';
import { RadioField } from '../../ui/fields/radio-field.tsx';
import { useSettings } from '../settings-context.ts';
import { PermissionList } from './permission-list.tsx';
import { askedAlways } from './permission-words.ts';
import { useAuthorize } from './use-authorize.ts';

/** The first authorization: what is asked for, of which Lever, and the way there. */
export const AuthorizeLever = () => {
  const { offeredEnvironments, mayChange, view, next } = useSettings();
  const { authorize, isBusy, error } = useAuthorize();
  const [only] = offeredEnvironments;
  const [environment, setEnvironment] = useState(
    offeredEnvironments.includes(view.environment) ? view.environment : only,
  );
  if (environment === undefined)
    return (
      <Text size="sm">
        This installation is not registered with Lever yet. Ask Turn support at support@turning.io.
      </Text>
    );
  return (
    <Stack gap="md" align="flex-start">
      <div>
        <Text size="sm">Turn will ask Lever for leave to</Text>
        <PermissionList of={askedAlways} />
      </div>
      {mayChange && (
        <>
          {offeredEnvironments.length > 1 && (
            <RadioField
              label="Which Lever"
              value={environment}
              onChange={setEnvironment}
              choices={[
                { value: 'production', label: 'Production', hint: 'Your real candidates.' },
                {
                  value: 'sandbox',
                  label: 'Sandbox',
                  hint: 'Lever’s separate account for trying things out.',
                },
              ]}
            />
          )}
          <FailureNotice error={error} title="Lever could not be opened" />
          <Button
            variant={next === 'authorize' ? 'primary' : 'secondary'}
            icon="plug"
            isBusy={isBusy}
            onClick={() => void authorize({ environment, withWebhooks: false })}
          >
            Authorize Lever
          </Button>
          <Text size="sm" c="dimmed">
            You are taken to Lever’s login page, and back here afterwards. In Lever you need to be a Super
            Admin.
          </Text>
        </>
      )}
    </Stack>
  );
};
