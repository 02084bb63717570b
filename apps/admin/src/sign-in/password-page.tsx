import { PlainPage } from '../shell/plain-page.tsx';

export const PasswordPage = () => <PlainPage title="Password" />;
