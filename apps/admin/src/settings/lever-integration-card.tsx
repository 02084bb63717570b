import { Paper, Title } from '@mantine/core';
import { useId } from 'react';
import { Notice } from '../ui/feedback/notice.tsx';
import { Icon } from '../ui/icon.tsx';
import { AuthorizeSection } from './authorize/authorize-section.tsx';
import { CardSummary } from './card-summary.tsx';
import { Checklist } from './checklist/checklist.tsx';
import { DisconnectSection } from './disconnect/disconnect-section.tsx';
import { OrderingSection } from './ordering/ordering-section.tsx';
import { PackageTagsSection } from './package-tags-section.tsx';
import classes from './settings.module.css';
import { useSettings } from './settings-context.ts';
import { StageSection } from './stage/stage-section.tsx';
import { TurnSection } from './turn-account/turn-section.tsx';
import { WebhookSection } from './webhook/webhook-section.tsx';
import { WritingSection } from './writing/writing-section.tsx';

/** The card of the integration: how it stands, and, expanded, everything there is to set up. */
export const LeverIntegrationCard = ({
  isOpen,
  onToggle,
  onDisconnected,
}: {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onDisconnected: (remaining: readonly string[]) => void;
}) => {
  const bodyId = useId();
  return (
    <Paper withBorder className={`${classes.card} ${isOpen ? classes.isOpen : ''}`}>
      <Title order={2}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={onToggle}
        >
          <span className={classes.summary}>
            Lever Integration
            <CardSummary />
          </span>
          <span className={classes.chevron}>
            <Icon name="chevron" />
          </span>
        </button>
      </Title>
      <div id={bodyId} hidden={!isOpen}>
        {isOpen && <Body onDisconnected={onDisconnected} />}
      </div>
    </Paper>
  );
};

const Body = ({ onDisconnected }: { readonly onDisconnected: (remaining: readonly string[]) => void }) => {
  const { view, mayChange } = useSettings();
  const mayDisconnect =
    mayChange && (view.lever.state !== 'not-connected' || view.turn.state !== 'not-connected');
  return (
    <div className={classes.body}>
      <div className={classes.aside}>
        <div className={classes.sticky}>
          <Checklist />
        </div>
      </div>
      <div className={classes.sections}>
        {!mayChange && (
          <div>
            <Notice tone="info" title="You can look, but not change">
              Ask a Super Admin: only they can connect Lever and Turn and change these settings.
            </Notice>
          </div>
        )}
        <AuthorizeSection />
        <WebhookSection />
        <StageSection />
        <TurnSection />
        <OrderingSection />
        <WritingSection />
        <PackageTagsSection />
        {mayDisconnect && <DisconnectSection onDisconnected={onDisconnected} />}
      </div>
    </div>
  );
};
