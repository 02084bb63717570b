import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createConsoleRouter } from './routes.tsx';
import { createQueryClient, rememberSignedIn, TRPCProvider, trpcClient } from './server/trpc.ts';
import { readStyleNonce } from './style-nonce.ts';
import { UiProvider } from './ui/ui-provider.tsx';

const router = createConsoleRouter();
const queryClient = createQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in') return;
  rememberSignedIn(false);
  void router.navigate({ to: '/sign-in', search: { returnTo: href }, replace: true });
});
const nonce = readStyleNonce();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root.');

createRoot(root).render(
  <StrictMode>
    <UiProvider nonce={nonce}>
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
          <RouterProvider router={router} />
        </TRPCProvider>
      </QueryClientProvider>
    </UiProvider>
  </StrictMode>,
);
