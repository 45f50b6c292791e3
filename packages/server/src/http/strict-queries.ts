import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { App } from './app.ts';

/**
 * A query that a route does not know is refused by its name, in place of being left out of account: a misspelt filter would
 * otherwise show everything. Routes of the API without a query of their own take none; a schema with a catch-all takes what it says.
 */
export function strictQueries(app: App): void {
  app.setValidatorCompiler<z.ZodType>((route) => {
    const { schema, httpPart } = route;
    const takesMore = !(schema instanceof z.ZodObject) || schema.def.catchall !== undefined;
    return validatorCompiler(httpPart !== 'querystring' || takesMore ? route : { ...route, schema: schema.strict() });
  });
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/')) route.schema = { querystring: z.object({}), ...route.schema };
  });
}
