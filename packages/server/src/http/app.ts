import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { ListName } from '@threerings/core/wire/lists';
import fastify, { type FastifyInstance, LogController, type RawReplyDefaultExpression, type RawRequestDefaultExpression } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Sessions } from '../session/sessions.ts';
import { answerErrors } from './errors.ts';
import type { Exposure } from './exposure.ts';
import { guardRequests } from './guard.ts';
import { healthRoutes } from './health-routes.ts';
import { type RouteAccess, recordRoutes } from './route-access.ts';
import { secureHeaders } from './security-headers.ts';
import { serveSite } from './site.ts';
import { SocketDoor } from './socket-door.ts';
import { strictQueries } from './strict-queries.ts';

export type App = FastifyInstance<Server, RawRequestDefaultExpression<Server>, RawReplyDefaultExpression<Server>, Logger, ZodTypeProvider>;

/** Routes of one part of the product. Every route says who may use it: `config: { permission }`. */
export interface Feature {
  readonly name: string;
  routes(app: App): Promise<void> | void;
}

export interface AppParts {
  /** a request changed what stands in these lists */
  readonly changed?: (lists: readonly ListName[]) => void;
  readonly exposure: Exposure;
  /** certificate and key where `exposure.tls` is not `none` */
  readonly certificate?: Pick<ServerOptions, 'cert' | 'key'> | undefined;
  readonly sessions: Sessions;
  readonly log: Logger;
  readonly features: readonly Feature[];
  /** folder of the built console; undefined = none is served */
  readonly site?: string | undefined;
  /** can the database be reached? */
  readonly healthy: () => Promise<boolean>;
  readonly degraded?: (() => readonly string[]) | undefined;
}

/** Nobody sends more; an import is a stream of its own with a limit of its own. */
const bodyLimit = 1_048_576;

/**
 * The HTTP side of the server, not yet listening. Refuses to be built if a route does not say who may use it.
 * Sockets are added through `sockets`, routes through `parts.features`.
 */
export async function buildApp(
  parts: AppParts,
): Promise<{ readonly app: App; readonly sockets: SocketDoor; readonly routes: readonly RouteAccess[] }> {
  const app: App = fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    forceCloseConnections: true,
    trustProxy: parts.exposure.behindProxy ? 'loopback' : false,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 200 },
    serverFactory: (handler) => {
      // A TLS server is a net.Server with the same requests; Fastify's types know one kind at a time.
      const server =
        parts.certificate === undefined
          ? createServer(handler)
          : (createTlsServer({ ...parts.certificate, minVersion: 'TLSv1.2' }, handler) as unknown as Server);
      server.headersTimeout = 20_000;
      server.maxHeadersCount = 100;
      return server;
    },
  }).withTypeProvider<ZodTypeProvider>();
  strictQueries(app);
  app.setSerializerCompiler(serializerCompiler);
  const routes = recordRoutes(app);
  answerErrors(app, bodyLimit);
  secureHeaders(app, parts.exposure);
  guardRequests(app, parts.exposure, parts.sessions, parts.changed);
  healthRoutes(app, parts.healthy, parts.degraded);
  for (const feature of parts.features) await feature.routes(app);
  if (parts.site !== undefined) await serveSite(app, parts.site);
  const sockets = new SocketDoor(app, parts.exposure, parts.sessions);
  await app.ready();
  return { app, sockets, routes };
}
