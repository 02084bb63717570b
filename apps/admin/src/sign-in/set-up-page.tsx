import { PlainPage } from '../shell/plain-page.tsx';

export const SetUpPage = () => <PlainPage title="SetUp" />;
