import { PlainPage } from '../shell/plain-page.tsx';

export const AccountsPage = () => <PlainPage title="Accounts" />;
