import { type AddTurnRoute, refusal } from './turn-route.ts';

/** Who am I, and which packages are there (turn-api.md §1.2, §1.5). The list's shape is not documented: there are two. */
export function addAccountRoutes(add: AddTurnRoute): void {
  add('GET', '/v1/public_api/me', ({ state }) => ({ status: 200, body: { name: state.name } }));

  add('GET', '/v1/public_api/me/packages', ({ state }) => {
    if (state.packages === 'not-offered') throw refusal(404, { message: 'Not found' });
    if (state.listShape === 'bare') return { status: 200, body: state.packages };
    return {
      status: 200,
      body: { packages: state.packages.map(({ id, name }) => ({ package_id: id, name })) },
    };
  });
}
