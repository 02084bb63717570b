import type { AccountState } from '../state/account-state.ts';
import { contactOf } from '../state/account-state.ts';
import type { Opportunity } from '../state/opportunity.ts';
import { addTags, enterStage, removeTags, setArchived, touch } from '../state/opportunity-changes.ts';
import { archiveChanged, stageChanged } from '../webhooks/announcements.ts';
import type { Courier } from '../webhooks/courier.ts';
import { badRequest } from './errors.ts';
import {
  type AddLeverRoute,
  type LeverCall,
  objectBody,
  opportunityOf,
  performAs,
  stringList,
} from './lever-route.ts';
import { filteredOpportunities } from './opportunity-filters.ts';
import { afterLinksJson, afterWriteJson, opportunityJson, shapedJson } from './opportunity-json.ts';
import { createPager, type SortKey } from './paging.ts';

const READ = 'opportunities:read:admin';
const WRITE = 'opportunities:write:admin';

/** `/opportunities` and its writes (lever-api.md §4.1, §4.2, §4.4, §4.6, §4.9). */
export function addOpportunityRoutes(add: AddLeverRoute, courier: Courier): void {
  const page = createPager();

  add('GET', '/v1/opportunities', READ, (call) => {
    const key = (opportunity: Opportunity) => sortKey(call.state, opportunity);
    const items = filteredOpportunities(call).sort((one, other) => compareKeys(key(one), key(other)));
    const toJson = (opportunity: Opportunity) => shapedJson(call.state, opportunity, call.query);
    return page({ query: call.query, items, key, compare: compareKeys, toJson });
  });

  add('GET', '/v1/opportunities/deleted', READ, ({ state }) => {
    const data = state.deleted.map(({ opportunity, deletedAt, deletedBy }) => ({
      ...opportunityJson(state, opportunity),
      deletedAt,
      deletedBy,
    }));
    return { status: 200, body: { data, hasNext: false } };
  });

  add('GET', '/v1/opportunities/:id', READ, (call) => ({
    status: 200,
    body: { data: shapedJson(call.state, opportunityOf(call), call.query) },
  }));

  add('POST', '/v1/opportunities/:id/addTags', WRITE, (call) => changeTags(call, addTags));
  add('POST', '/v1/opportunities/:id/removeTags', WRITE, (call) => changeTags(call, removeTags));

  const changeLinks = (call: LeverCall, change: (links: string[], given: string[]) => string[]) => {
    const opportunity = opportunityOf(call);
    performAs(call);
    const given = stringList(objectBody(call), 'links');
    const contact = contactOf(call.state, opportunity);
    contact.links = change(contact.links, given);
    touch(opportunity, call.now);
    return { status: 200, body: { data: afterLinksJson(call.state, opportunity) } };
  };
  add('POST', '/v1/opportunities/:id/addLinks', WRITE, (call) =>
    changeLinks(call, (links, given) => [...new Set([...links, ...given])]),
  );
  add('POST', '/v1/opportunities/:id/removeLinks', WRITE, (call) =>
    changeLinks(call, (links, given) => links.filter((link) => !given.includes(link))),
  );

  add('PUT', '/v1/opportunities/:id/stage', WRITE, (call) => {
    const opportunity = opportunityOf(call);
    const userId = performAs(call);
    const { stage } = objectBody(call);
    if (!call.state.stages.some(({ id }) => id === stage))
      throw badRequest('"stage" must be the id of a stage.');
    const from = opportunity.stage;
    if (enterStage(call.state, opportunity, String(stage), call.now, userId)) {
      courier.announce(call.state, stageChanged(opportunity, from, call.now));
    }
    return { status: 200, body: { data: afterWriteJson(call.state, opportunity) } };
  });

  add('PUT', '/v1/opportunities/:id/archived', WRITE, (call) => {
    const opportunity = opportunityOf(call);
    performAs(call);
    const { reason } = objectBody(call);
    if (reason !== null && !call.state.archiveReasons.some(({ id }) => id === reason)) {
      throw badRequest('"reason" must be the id of an archive reason, or null.');
    }
    const from = opportunity.archived;
    if (setArchived(opportunity, reason === null ? null : String(reason), call.now)) {
      courier.announce(call.state, archiveChanged(opportunity, from, call.now));
    }
    return { status: 200, body: { data: afterWriteJson(call.state, opportunity) } };
  });
}

function changeTags(call: LeverCall, change: (opportunity: Opportunity, tags: string[], at: number) => void) {
  const opportunity = opportunityOf(call);
  performAs(call);
  change(opportunity, stringList(objectBody(call), 'tags'), call.now);
  return { status: 200, body: { data: afterWriteJson(call.state, opportunity) } };
}

/** Pipeline position, then the latest arrival first, archived ones included (lever-api.md §4.0). */
function sortKey(state: AccountState, opportunity: Opportunity): SortKey {
  const rank = state.stages.findIndex(({ id }) => id === opportunity.stage);
  return [rank === -1 ? state.stages.length : rank, opportunity.lastAdvancedAt, opportunity.id];
}

function compareKeys(one: SortKey, other: SortKey): number {
  const byRank = Number(one[0]) - Number(other[0]);
  const byArrival = Number(other[1]) - Number(one[1]);
  return byRank || byArrival || String(one[2]).localeCompare(String(other[2]));
}
