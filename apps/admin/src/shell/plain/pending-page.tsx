import { Box } from '@mantine/core';
import { Loading } from '../../ui/feedback/loading.tsx';

/** Shown while the code of a page is on its way. */
export const PendingPage = () => (
  <Box p="lg">
    <Loading what="the page" />
  </Box>
);
