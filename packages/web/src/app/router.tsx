import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate, Outlet } from '@tanstack/react-router';
import { daySearch } from '../day/search.ts';
import { normsSearch } from '../norms/search.ts';
import { reportSearch } from '../reports/search.ts';
import { Note } from '../ui/states.tsx';
import { Crash, codeOf } from './error-boundary.tsx';
import { useWords } from './i18n/use-words.ts';
import { placesOf, useMe } from './session.ts';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../sign-in/sign-in-page.tsx'), 'SignInPage'),
});
const headset = createRoute({
  getParentRoute: () => root,
  path: '/headset',
  component: lazyRouteComponent(() => import('../softphone/headset-page.tsx'), 'HeadsetPage'),
});
const call = createRoute({
  getParentRoute: () => root,
  path: '/call',
  component: lazyRouteComponent(() => import('../caller/caller-page.tsx'), 'CallerPage'),
});

const chat = createRoute({
  getParentRoute: () => root,
  path: '/chat',
  component: lazyRouteComponent(() => import('../visitor/visitor-page.tsx'), 'VisitorPage'),
});

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
const home = createRoute({ getParentRoute: () => shell, path: '/', component: Home });
const desk = createRoute({
  getParentRoute: () => shell,
  path: '/desk',
  component: lazyRouteComponent(() => import('../agent-desk/desk-page.tsx'), 'DeskPage'),
});
const chats = createRoute({
  getParentRoute: () => shell,
  path: '/chats',
  component: lazyRouteComponent(() => import('../chats/chats-page.tsx'), 'ChatsPage'),
});
const board = createRoute({
  getParentRoute: () => shell,
  path: '/board',
  component: lazyRouteComponent(() => import('../board/board-page.tsx'), 'BoardPage'),
});
const interactions = createRoute({
  getParentRoute: () => shell,
  path: '/interactions',
  component: lazyRouteComponent(() => import('../interactions/list-page.tsx'), 'InteractionsPage'),
});
const interaction = createRoute({
  getParentRoute: () => shell,
  path: '/interactions/$interaction',
  component: lazyRouteComponent(() => import('../interactions/interaction-page.tsx'), 'InteractionPage'),
});
const today = createRoute({
  getParentRoute: () => shell,
  path: '/today',
  validateSearch: daySearch,
  component: lazyRouteComponent(() => import('../day/day-page.tsx'), 'DayPage'),
});
const promises = createRoute({
  getParentRoute: () => shell,
  path: '/promises',
  component: lazyRouteComponent(() => import('../promises/promises-page.tsx'), 'PromisesPage'),
});
const training = createRoute({
  getParentRoute: () => shell,
  path: '/training',
  component: lazyRouteComponent(() => import('../training/training-page.tsx'), 'TrainingPage'),
});
const trainingRun = createRoute({
  getParentRoute: () => shell,
  path: '/training/$run',
  component: lazyRouteComponent(() => import('../training/run-page.tsx'), 'TrainingRunPage'),
});
const tickets = createRoute({
  getParentRoute: () => shell,
  path: '/tickets',
  component: lazyRouteComponent(() => import('../tickets/tickets-page.tsx'), 'TicketsPage'),
});
const ticket = createRoute({
  getParentRoute: () => shell,
  path: '/tickets/$ticket',
  component: lazyRouteComponent(() => import('../tickets/ticket-page.tsx'), 'TicketPage'),
});
const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  component: lazyRouteComponent(() => import('../customers/customers-page.tsx'), 'CustomersPage'),
});
const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$customer',
  component: lazyRouteComponent(() => import('../customers/customer-page.tsx'), 'CustomerPage'),
});
const knowledge = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge',
  component: lazyRouteComponent(() => import('../knowledge/knowledge-page.tsx'), 'KnowledgePage'),
});
const appeals = createRoute({
  getParentRoute: () => shell,
  path: '/appeals',
  component: lazyRouteComponent(() => import('../appeals/appeals-page.tsx'), 'AppealsPage'),
});
const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import('../reports/reports-page.tsx'), 'ReportsPage'),
});

const outbox = createRoute({
  getParentRoute: () => shell,
  path: '/outbox',
  component: lazyRouteComponent(() => import('../outbox/outbox-page.tsx'), 'OutboxPage'),
});

const imports = createRoute({
  getParentRoute: () => shell,
  path: '/imports',
  validateSearch: ({ kind }: Record<string, unknown>): { kind?: string } => (typeof kind === 'string' ? { kind } : {}),
  component: lazyRouteComponent(() => import('../imports/imports-page.tsx'), 'ImportsPage'),
});

const retention = createRoute({
  getParentRoute: () => shell,
  path: '/retention',
  validateSearch: ({ call }: Record<string, unknown>): { call?: string } => (typeof call === 'string' ? { call } : {}),
  component: lazyRouteComponent(() => import('../retention/retention-page.tsx'), 'RetentionPage'),
});

const callFlows = createRoute({
  getParentRoute: () => shell,
  path: '/call-flows',
  component: lazyRouteComponent(() => import('../call-flows/call-flows-page.tsx'), 'CallFlowsPage'),
});

const norms = createRoute({
  getParentRoute: () => shell,
  path: '/norms',
  validateSearch: normsSearch,
  component: lazyRouteComponent(() => import('../norms/norms-page.tsx'), 'NormsPage'),
});

const actingTemplates = createRoute({
  getParentRoute: () => shell,
  path: '/acting-templates',
  component: lazyRouteComponent(() => import('../acting-templates/templates-page.tsx'), 'TemplatesPage'),
});

/** The gallery shows every screen from fixtures; `import.meta.env.DEV` is a constant, so a build leaves it out. */
const gallery = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => root,
        path: '/dev/gallery/$scene',
        component: lazyRouteComponent(() => import('../fixtures/gallery.tsx'), 'Gallery'),
      }),
    ]
  : [];

const routeTree = root.addChildren([
  signIn,
  headset,
  call,
  chat,
  shell.addChildren([
    home,
    desk,
    chats,
    board,
    today,
    promises,
    training,
    trainingRun,
    tickets,
    ticket,
    customers,
    customer,
    knowledge,
    interactions,
    interaction,
    appeals,
    callFlows,
    norms,
    reports,
    imports,
    retention,
    actingTemplates,
    outbox,
  ]),
  ...gallery,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => <Crash code={codeOf(error)} onRetry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

function Home() {
  const [first] = placesOf(useMe().roles);
  return <Navigate to={first ?? '/interactions'} replace />;
}

function NotFound() {
  const t = useWords();
  return (
    <Note icon={null} title={t('state.not-found')} text={t('state.not-found-text')}>
      <a href="/">{t('action.back')}</a>
    </Note>
  );
}
