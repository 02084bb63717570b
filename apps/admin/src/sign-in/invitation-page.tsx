import { PlainPage } from '../shell/plain-page.tsx';

export const InvitationPage = () => <PlainPage title="Invitation" />;
