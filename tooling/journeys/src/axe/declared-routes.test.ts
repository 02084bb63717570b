import { readFileSync } from 'node:fs';
import { pages } from '@turn-lever/admin/pages';
import { expect, it } from 'vitest';
import { inRepository } from '../repository.ts';
import { declaredRoutes } from './declared-routes.ts';

it('reads paths however they are written', () => {
  const source = "createRoute({\n  path: pages.me.path,\n}); createRoute({ path: '/hidden' })";
  expect(declaredRoutes(source)).toEqual(['pages.me.path', "'/hidden'"]);
});

it('every route is a page of the list that the journeys go through; the start only leads on', () => {
  const source = readFileSync(inRepository('apps/admin/src/routes.tsx'), 'utf8');
  const listed = Object.keys(pages).map((name) => `pages.${name}.path`);
  expect(declaredRoutes(source).toSorted()).toEqual(["'/'", ...listed].toSorted());
});
