import { Notice } from '../../ui/feedback/notice.tsx';
import { SwitchWords } from './switch-words.tsx';

/** Said where Turn made the webhook in Lever itself. */
export const CreatedWebhook = () => (
  <Notice tone="good" title="Turn made the webhook in Lever">
    Its token is saved here, so there is nothing to paste. <SwitchWords /> It is deleted when you disconnect.
  </Notice>
);
