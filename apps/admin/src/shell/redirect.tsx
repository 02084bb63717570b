import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Goes to another page of ours in the place of this one, once. */
export const Redirect = ({ href }: { href: string }) => {
  const router = useRouter();
  useEffect(() => {
    void router.navigate({ href, replace: true });
  }, [router, href]);
  return null;
};
