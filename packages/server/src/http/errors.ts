import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import { PasswordsBusy } from '../session/password.ts';
import type { App } from './app.ts';
import { languageOf, refuseRequest } from './refusals.ts';
import { wordsOfIssue } from './request-faults.ts';

/** Every failure leaves as a refusal: a stable code, a sentence, a remedy – and nothing of what happened inside. */
export function answerErrors(app: App, bodyLimit: number): void {
  app.setNotFoundHandler((request, reply) => refuseRequest(request, reply, 'route.unknown'));
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(error)) {
      const [first] = error.validation;
      const path = first?.instancePath === '/' ? '' : (first?.instancePath ?? '');
      const issue = { ...first?.params, code: first?.keyword ?? '', ...(first?.message === undefined ? {} : { message: first.message }) };
      const found = wordsOfIssue(issue, languageOf(request.headers['accept-language']));
      return refuseRequest(request, reply, 'request.invalid', { place: `${error.validationContext ?? 'body'}${path}`, found });
    }
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
      return refuseRequest(request, reply, 'request.too-large', { limit: request.routeOptions.bodyLimit ?? bodyLimit });
    if (error instanceof PasswordsBusy) return refuseRequest(request, reply, 'request.busy');
    const ours = isResponseSerializationError(error) || (error.statusCode ?? 500) >= 500;
    if (!ours) return refuseRequest(request, reply, 'request.unreadable');
    request.log.error({ err: error, route: request.routeOptions.url, request: request.id }, 'request failed');
    return refuseRequest(request, reply, 'server.failed', { request: request.id });
  });
}
