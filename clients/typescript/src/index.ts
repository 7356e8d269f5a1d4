/**
 * The client of the Patchbay daemon: sessions with any AI provider, over fetch.
 *
 * It works in Node 20 and newer, and in a browser whose origin the daemon allows.
 */

/** The providers that come with settings of their own. */
export type KnownAIProvider = 'anthropic' | 'openrouter' | 'baseten';

/** Any provider by its name; an editor completes the known ones. */
export type AIProvider = KnownAIProvider | (string & {});

// Types of the contract: made from openapi.yaml by a test of the daemon, which is where to change them.

/** The fields that choose the provider of a session. */
export interface ProviderFields {
  /** The id of a provider, or a name of your own together with the proxy fields. */
  provider?: AIProvider | null | undefined;
  /** A model or alias of the provider; default is the provider's default. */
  model?: string | null | undefined;
  /** Whether the proxy fields are used. */
  proxyEnabled?: boolean | null | undefined;
  /** The base URL of the provider's API, http or https. */
  proxyBaseUrl?: string | null | undefined;
  /** The key for that URL. It goes to that origin alone and is never given back. */
  proxyApiKey?: string | null | undefined;
  /** The model as it goes on the wire; wins over `model`. */
  proxyModelOverride?: string | null | undefined;
}

/** The fields that say what is asked, and how. */
export interface CallFields {
  /** For people; default is the beginning of the query. */
  title?: string | null | undefined;
  /** Instructions before the conversation. */
  systemPrompt?: string | null | undefined;
  /** Instructions after `systemPrompt`. */
  appendSystemPrompt?: string | null | undefined;
  /** The folder that the session belongs to, absolute, on the daemon's side; one that is not there is refused. */
  workingDir?: string | null | undefined;
  /** From 0 to 2. */
  temperature?: number | null | undefined;
  /** The most tokens of the answer. */
  maxTokens?: number | null | undefined;
  /** More of the call, as `-o` takes it on the command line: temperature, max_tokens, top_p, top_k, stop, effort, thinking, user; of the rest goes what the dialect of the provider knows or its quirk `extra` names. */
  options?: Record<string, unknown> | null | undefined;
  /** The JSON schema that the answer is to follow. */
  outputSchema?: Record<string, unknown> | null | undefined;
  /** Files that are sent with the query. */
  attachments?: Attachment[] | null | undefined;
  /** An external coding agent. Not supported yet; refused with 422. */
  agent?: string | null | undefined;
  /** The most turns of an agent. Not supported yet; refused with 422. */
  maxTurns?: number | null | undefined;
}

/** A file. What it is, is found by its content. */
export interface Attachment {
  /** The name of the file. */
  name: string;
  /** What it is said to be, such as image/png. */
  mediaType?: string | null | undefined;
  /** The content in Base64. */
  data: string;
}

/** Asks for a session. */
export interface LaunchRequest extends ProviderFields, CallFields {
  /** What is asked; not blank. */
  query: string;
  /** Whether it is only kept, to be launched later. */
  draft?: boolean | null | undefined;
}

/** Asks for a session that goes on with another one. */
export interface ContinueRequest extends ProviderFields, CallFields {
  /** What is asked; not blank. */
  query: string;
}

/** Changes a session. */
export interface UpdateRequest extends ProviderFields {
  /** For people; null changes nothing. */
  title?: string | null | undefined;
  /** Whether it is in the archive. */
  archived?: boolean | null | undefined;
}

/** Where a session stands. It has ended when it is completed, failed, interrupted or discarded. */
export type SessionStatus =
  | 'draft'
  | 'starting'
  | 'running'
  | 'completed'
  | 'failed'
  | 'interrupting'
  | 'interrupted'
  | 'waiting_input'
  | 'discarded';

/** Why a session failed, or why a provider was left for a fallback. */
export interface SessionError {
  provider: string;
  /** The HTTP status of the provider's answer. */
  status?: number;
  /** For programs: rate_limit, authentication, store, process_ended and the like. */
  type: string;
  /** In the provider's own words where it gave any. */
  message: string;
  /** What to do. */
  hint?: string;
}

export interface Session {
  id: string;
  runId: string;
  /** The session that this one continues. */
  parentSessionId?: string | null;
  status: SessionStatus;
  /** What was asked; in lists its first 2 000 characters. */
  query: string;
  title?: string | null;
  summary?: string | null;
  /** By its own name. */
  provider?: string | null;
  /** As it was asked for, an alias perhaps. */
  model?: string | null;
  /** As it goes on the wire. */
  modelId?: string | null;
  agent?: string | null;
  workingDir?: string | null;
  createdAt: string;
  lastActivityAt: string;
  completedAt?: string | null;
  durationMs?: number | null;
  /** Why the answer ended, such as end_turn or max_tokens. */
  stopReason?: string | null;
  /** Only in the answer to the launch of a draft; as in LaunchReply. */
  warnings?: string[];
  /** The message of `error`. */
  errorMessage?: string | null;
  error?: SessionError | null;
  /** Absent unless every price and count that it needs is known. */
  costUsd?: number | null;
  inputTokens?: number | null;
  outputTokens?: number | null;
  cacheCreationInputTokens?: number | null;
  cacheReadInputTokens?: number | null;
  /** The tokens that the model takes in all. */
  contextLimit?: number | null;
  archived: boolean;
  proxyEnabled: boolean;
  proxyBaseUrl?: string | null;
  proxyModelOverride?: string | null;
  /** Whether the session was given a key of its own, which no reply holds. */
  hasApiKey: boolean;
  /** The providers that failed before the one in effect was asked. */
  fallbacks: SessionError[];
}

/** A finished piece of a conversation. */
export interface ConversationEvent {
  id: string;
  sessionId: string;
  /** Only in events. */
  runId?: string;
  /** Its position within its session. */
  sequence: number;
  eventType: 'message' | 'tool_call' | 'tool_result' | 'thinking' | 'system';
  createdAt: string;
  role: 'user' | 'assistant' | 'system';
  /** The text of a message or of thinking; what is no text is named in brackets. */
  content?: string | null;
  toolId?: string | null;
  toolName?: string | null;
  /** The arguments of a tool call, as JSON text. */
  toolInputJson?: string | null;
  toolResultForId?: string | null;
  toolResultContent?: string | null;
  /** False where the answer broke off in it. */
  isCompleted: boolean;
}

/** A session stands elsewhere than before. */
export interface StatusChangedEvent extends StreamFrame {
  type: 'session_status_changed';
  data: {
    sessionId: string;
    runId: string;
    oldStatus: SessionStatus;
    newStatus: SessionStatus;
  };
}

/** A piece of a conversation is finished and stored. */
export interface ConversationUpdatedEvent extends StreamFrame {
  type: 'conversation_updated';
  data: ConversationEvent;
}

/** More of an answer that is under way. */
export interface ConversationDeltaEvent extends StreamFrame {
  type: 'conversation_delta';
  data: {
    sessionId: string;
    runId: string;
    /** That of the piece which it will be part of. */
    sequence: number;
    eventType: 'message' | 'thinking';
    /** How much of the piece came before, in UTF-16 code units (what JavaScript and Java count). */
    offset: number;
    /** What was added. */
    content: string;
  };
}

/** Title, provider, model or proxy settings of a session were changed. */
export interface SettingsChangedEvent extends StreamFrame {
  type: 'session_settings_changed';
  data: {
    sessionId: string;
    runId: string;
    session: Session;
  };
}

/** The provider failed before a byte of the answer came; the session goes on with another one. */
export interface ProviderChangedEvent extends StreamFrame {
  type: 'provider_changed';
  data: {
    sessionId: string;
    runId: string;
    /** The provider that failed. */
    from: string;
    /** The provider that is asked next. */
    to: string;
    /** The model that it is asked for, as it goes on the wire. */
    model: string;
    error: SessionError;
  };
}

/** Something may have been missed; what the client holds may be out of date. */
export interface StateResetEvent extends StreamFrame {
  type: 'state_reset';
  data: {
    /** In words. */
    reason?: string;
  };
}

/** The data of one frame. */
export type StreamEvent =
  | StatusChangedEvent
  | ConversationUpdatedEvent
  | ConversationDeltaEvent
  | SettingsChangedEvent
  | ProviderChangedEvent
  | StateResetEvent;

// End of the types of the contract.

/** What every frame of the stream has. */
export interface StreamFrame {
  /** Its position among all events; absent for what is not kept, such as a `conversation_delta`. */
  id?: string;
  /** When it happened. */
  timestamp: string;
}

/** Names the daemon and how to speak to it. */
export interface ClientOptions {
  /**
   * Where the daemon is, such as `http://127.0.0.1:7777`. Default: `PATCHBAY_URL`, else, in Node, the daemon that
   * `daemon.json` in the user's folder names, else `http://127.0.0.1:7777`.
   */
  baseUrl?: string | undefined;
  /** The daemon's token. Default: `PATCHBAY_TOKEN`, else, in Node, the file `token` in the user's folder. */
  token?: string | undefined;
  /** After how long a call is given up, in milliseconds. Default: 30 000. Streams of events have no such limit. */
  timeoutMs?: number | undefined;
  /** How long a stream of events may be silent before it is taken for dead, in milliseconds. Default: 45 000. */
  silenceMs?: number | undefined;
  /** Default: the platform's own. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** What can be said of any call. */
export interface CallOptions {
  /** Gives the call up. */
  signal?: AbortSignal | undefined;
}

/** What can be said of a call that makes something. */
export interface CreateOptions extends CallOptions {
  /** The same key with the same request is done once, and answered with the first reply. */
  idempotencyKey?: string | undefined;
}

/** Which sessions a list is to hold. */
export interface ListQuery {
  /** Whether sessions that another one continues are left out. Default: true. */
  leavesOnly?: boolean | undefined;
  /** Default: normal, which is neither archived nor a draft. */
  filter?: 'normal' | 'archived' | 'draft' | undefined;
  /** The most sessions of a page, from 1 to 1 000. Default: 100. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/** One page of sessions, newest activity first. */
export interface SessionList {
  data: Session[];
  /** How many there are in all. */
  counts: { normal: number; archived: number; draft: number };
  /** Absent on the last page. */
  nextCursor?: string | null;
}

export interface LaunchedSession {
  sessionId: string;
  runId: string;
  /** What the provider is not told as it was asked for, a sentence each; absent where there is nothing of the kind. */
  warnings?: string[];
}

export interface ContinuedSession extends LaunchedSession {
  parentSessionId: string;
}

export interface InterruptedSession {
  success: boolean;
  sessionId: string;
  status: string;
}

/** Which events a subscriber wants. Default: all. */
export interface EventFilter {
  eventTypes?: readonly Exclude<StreamEvent['type'], 'state_reset'>[] | undefined;
  sessionId?: string | readonly string[] | undefined;
  runId?: string | readonly string[] | undefined;
  /** The id of the last event that was seen: those after it come first. Default: what happens from now on. */
  lastEventId?: string | undefined;
  /** Ends the subscription. */
  signal?: AbortSignal | undefined;
}

/** Who is told of events. */
export interface EventHandlers {
  /** An event; the next one waits for what this returns. `state_reset` says: read the state again. */
  onMessage(event: StreamEvent): void | Promise<void>;
  /** There is a connection, for the first time or again. */
  onConnect?(): void | Promise<void>;
  /** There is none, or it is lost, with the reason; it is tried again. */
  onDisconnect?(reason: PatchbayError): void;
  /** The subscription has ended for good: the daemon refused it, or a handler failed. */
  onError?(error: Error): void;
}

/** What went wrong, in the words of whoever knows. */
export class PatchbayError extends Error {
  override readonly name: string = 'PatchbayError';
  /** For programs: `bad_request`, `not_found`, `conflict`, `invalid`, and `unreachable`, `timeout`, `aborted`, `bad_reply` of this client. */
  readonly code: string;
  /** The HTTP status; absent where there was no reply. */
  readonly status: number | undefined;
  /** What is wrong with each field, by its name in this client. */
  readonly fields: Readonly<Record<string, string>> | undefined;
  /** What to do. */
  readonly help: string | undefined;

  constructor(
    message: string,
    details: {
      code: string;
      status?: number | undefined;
      fields?: Record<string, string> | undefined;
      help?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.status = details.status;
    this.fields = details.fields;
    this.help = details.help;
  }
}

/** Speaks to one daemon. Holds no connection; there is nothing to close. */
export class PatchbayClient {
  readonly #daemon: Daemon;
  readonly #timeoutMs: number;
  readonly #silenceMs: number;

  constructor(options: ClientOptions = {}) {
    this.#daemon = new Daemon(options);
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#silenceMs = options.silenceMs ?? 45_000;
  }

  /** Launches a session; answers at once, before the provider does. */
  async launchSession(request: LaunchRequest, options: CreateOptions = {}): Promise<LaunchedSession> {
    return (await this.#call('POST', '/sessions', request, options)).data;
  }

  /** Changes a session; null clears a field, and one that is not named keeps its value. */
  async updateSession(sessionId: string, request: UpdateRequest, options: CallOptions = {}): Promise<Session> {
    return (await this.#call('PATCH', sessionPath(sessionId), request, options)).data;
  }

  /** Goes on with a session that has ended, in a session of its own that inherits what the request does not name. */
  async continueSession(
    sessionId: string,
    request: ContinueRequest,
    options: CreateOptions = {},
  ): Promise<ContinuedSession> {
    return (await this.#call('POST', sessionPath(sessionId, '/continue'), request, options)).data;
  }

  /** Stops a session. */
  async interruptSession(sessionId: string, options: CallOptions = {}): Promise<InterruptedSession> {
    return (await this.#call('POST', sessionPath(sessionId, '/interrupt'), undefined, options)).data;
  }

  /** Waits until a session has ended, well or not, for as long as it takes: `status` and `error` say which. */
  async awaitSession(sessionId: string, options: CallOptions = {}): Promise<Session> {
    const { signal } = options;
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const look = async () => {
        const session = await this.getSession(sessionId, options);
        if (ENDED.has(session.status)) {
          end();
          resolve(session);
        }
      };
      const end = this.subscribeToEvents(
        { sessionId, eventTypes: ['session_status_changed'], signal },
        { onConnect: look, onMessage: look, onError: reject },
      );
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }

  async getSession(sessionId: string, options: CallOptions = {}): Promise<Session> {
    return (await this.#call('GET', sessionPath(sessionId), undefined, options)).data;
  }

  async listSessions(query: ListQuery = {}, options: CallOptions = {}): Promise<SessionList> {
    return this.#call('GET', '/sessions' + queryText(query), undefined, options);
  }

  /** The conversation of a session through those that it continues, oldest first. */
  async getMessages(sessionId: string, options: CallOptions = {}): Promise<ConversationEvent[]> {
    return (await this.#call('GET', sessionPath(sessionId, '/messages'), undefined, options)).data;
  }

  /**
   * Subscribes to events, over as many connections as it takes: what happened while there was none comes first afterwards.
   *
   * @returns ends the subscription; no handler is called afterwards
   */
  subscribeToEvents(filter: EventFilter, handlers: EventHandlers): () => void {
    const subscription = new Subscription(this.#daemon, this.#silenceMs, filter, handlers);
    void subscription.run();
    return () => subscription.close();
  }

  // The shapes are those of the contract; what a method says that it returns is what the daemon's replies are tested by.
  async #call(method: string, path: string, body: object | undefined, options: CreateOptions): Promise<any> {
    const limit = AbortSignal.timeout(this.#timeoutMs);
    const signal = anySignal(options.signal, limit);
    const headers: Record<string, string> = { accept: 'application/json' };
    if (options.idempotencyKey !== undefined) {
      headers['idempotency-key'] = options.idempotencyKey;
    }
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
    }
    try {
      const text = body === undefined ? null : JSON.stringify(renamed(body, snakeCase, NOT_RENAMED));
      const response = await this.#daemon.fetch(path, { method, headers, body: text, signal });
      return renamed(await json(response, signal), camelCase);
    } catch (error) {
      throw explained(error, options.signal, limit, this.#timeoutMs);
    }
  }
}

/** Members of requests whose own members have names that are not ours. */
const NOT_RENAMED: ReadonlySet<string> = new Set(['options', 'outputSchema', 'output_schema']);
const ENDED: ReadonlySet<SessionStatus> = new Set(['completed', 'failed', 'interrupted', 'discarded']);
const API = '/api/v1';
const USUAL_URL = 'http://127.0.0.1:7777';
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;
const SLEPT_MS = 15_000;
const LONGEST_FRAME = 64 * 1024 * 1024;
const LONGEST_ERROR = 64 * 1024;

interface Place {
  url: string;
  token: string | undefined;
  /** Whether part of it stood in a file, which may say another thing by now. */
  lookedUp: boolean;
}

/** Where the daemon is, and the one way to reach it. */
class Daemon {
  readonly #options: ClientOptions;
  readonly #fetch: typeof globalThis.fetch;
  #found: Place | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  }

  /** A reply with a status of success; one without is thrown. */
  async fetch(path: string, init: RequestInit): Promise<Response> {
    const known = this.#found;
    try {
      return await this.#once(path, init);
    } catch (error) {
      // A daemon that was started anew has another address or token: looked up again, once. Nothing was done yet.
      if (known?.lookedUp === true && isRefusal(error)) {
        return this.#once(path, init);
      }
      throw error;
    }
  }

  async #once(path: string, init: RequestInit): Promise<Response> {
    const place = await this.#place(init.signal ?? undefined);
    const headers: Record<string, string> = { ...(init.headers as Record<string, string>) };
    if (place.token !== undefined) {
      headers['authorization'] = 'Bearer ' + place.token;
    }
    const response = await this.#reach(place.url + API + path, { ...init, headers });
    if (response.ok) {
      return response;
    }
    const error = await refusal(response, init.signal);
    if (response.status === 401) {
      this.#found = undefined;
    }
    throw error;
  }

  async #reach(url: string, init: RequestInit): Promise<Response> {
    requireSendable(init.headers as Record<string, string> | undefined);
    try {
      return await this.#fetch(url, { ...init, redirect: 'error', cache: 'no-store', credentials: 'omit' });
    } catch (error) {
      if (init.signal?.aborted === true) {
        throw error;
      }
      this.#found = undefined;
      throw new PatchbayError(`cannot reach the daemon at ${new URL(url).origin}: ${innermost(error)}`, {
        code: 'unreachable',
        help: 'patchbay daemon status says whether it runs; patchbay daemon start starts it',
        cause: error,
      });
    }
  }

  async #place(signal: AbortSignal | undefined): Promise<Place> {
    if (this.#found !== undefined) {
      return this.#found;
    }
    let url = this.#options.baseUrl ?? variable('PATCHBAY_URL');
    let token = this.#options.token ?? variable('PATCHBAY_TOKEN');
    if (url !== undefined && !URL.canParse(url)) {
      throw new PatchbayError('the base URL of the daemon is no URL', { code: 'bad_request', help: 'it is like ' + USUAL_URL });
    }
    const lookedUp = url === undefined || token === undefined;
    const home = lookedUp ? await userFolder() : undefined;
    if (home !== undefined) {
      url ??= await this.#running(home, signal);
      // The file's token opens the daemon of this machine: no other one gets to see it.
      token ??= isLoopback(url ?? USUAL_URL) ? (await home.read('token'))?.trim() : undefined;
    }
    this.#found = { url: base(url ?? USUAL_URL), token, lookedUp };
    return this.#found;
  }

  /**
   * The address that `daemon.json` names. The file may be older than a crash, and the port another program's by now: whoever
   * answers there must give the id that the file names before the token is shown to it.
   */
  async #running(home: UserFolder, signal: AbortSignal | undefined): Promise<string | undefined> {
    const text = await home.read('daemon.json');
    if (text === undefined) {
      return undefined;
    }
    const file = parsed(text) as { id?: unknown; url?: unknown; port?: unknown } | undefined;
    const url = typeof file?.url === 'string' ? file.url : `http://127.0.0.1:${String(file?.port)}`;
    const response = await this.#reach(base(url) + API + '/health', { signal: signal ?? null });
    const health = parsed(await textOf(response, signal, LONGEST_ERROR)) as { id?: unknown } | undefined;
    if (typeof file?.id !== 'string' || health?.id !== file.id) {
      throw new PatchbayError(`the daemon that ${home.path}/daemon.json names does not run; another program answers at ${url}`, {
        code: 'unreachable',
        help: 'patchbay daemon start starts it',
      });
    }
    return url;
  }
}

/** One subscription over many connections. */
class Subscription {
  readonly #daemon: Daemon;
  readonly #silenceMs: number;
  readonly #filter: EventFilter;
  readonly #handlers: EventHandlers;
  readonly #end = new AbortController();
  #lastEventId: string | undefined;
  #wasConnected = false;
  #toldOfLoss = false;
  #delayMs = FIRST_DELAY_MS;

  constructor(daemon: Daemon, silenceMs: number, filter: EventFilter, handlers: EventHandlers) {
    this.#daemon = daemon;
    this.#silenceMs = silenceMs;
    this.#filter = filter;
    this.#handlers = handlers;
    this.#lastEventId = filter.lastEventId;
    const signal = filter.signal;
    if (signal?.aborted === true) {
      this.close();
    } else {
      signal?.addEventListener('abort', () => this.close(), { once: true, signal: this.#end.signal });
    }
  }

  close(): void {
    this.#end.abort();
  }

  get #closed(): boolean {
    return this.#end.signal.aborted;
  }

  async run(): Promise<void> {
    // Whoever subscribes has the function that ends it before a handler is called.
    await Promise.resolve();
    try {
      while (!this.#closed) {
        const reason = await this.#connection();
        if (this.#closed) {
          return;
        }
        this.#lost(reason);
        await pause(this.#delayMs * (0.75 + Math.random() / 2), this.#end.signal);
        this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
      }
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** One connection, to its end. Why it ended; thrown is what ends the subscription. */
  async #connection(): Promise<PatchbayError> {
    const watch = new Watch(this.#silenceMs, this.#end.signal);
    try {
      const response = await this.#daemon.fetch('/stream/events' + this.#query(), {
        method: 'GET',
        headers: this.#headers(),
        signal: watch.signal,
      });
      await this.#read(response, watch);
      return new PatchbayError('the daemon ended the stream', { code: 'unreachable' });
    } catch (error) {
      if (error instanceof HandlerFailure) {
        throw error.cause;
      }
      if (error instanceof PatchbayError && isFinal(error)) {
        throw error;
      }
      if (error instanceof PatchbayError) {
        return error;
      }
      const message = watch.reason ?? `the stream broke off: ${innermost(error)}`;
      return new PatchbayError(message, { code: 'unreachable', cause: error });
    } finally {
      watch.stop();
    }
  }

  #query(): string {
    const { eventTypes, sessionId, runId } = this.#filter;
    return queryText({ eventTypes, sessionId, runId });
  }

  #headers(): Record<string, string> {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (this.#lastEventId !== undefined) {
      headers['last-event-id'] = this.#lastEventId;
    }
    return headers;
  }

  async #read(response: Response, watch: Watch): Promise<void> {
    const type = response.headers.get('content-type') ?? '';
    if (!type.startsWith('text/event-stream') || response.body === null) {
      await response.body?.cancel();
      throw new PatchbayError(`what answers at ${response.url} is no stream of events, but ${type || 'nothing'}`, {
        code: 'bad_reply',
        status: response.status,
      });
    }
    await this.#connectedNow(watch);
    const frames = new Frames();
    for await (const bytes of pieces(response.body, watch.signal)) {
      watch.heard();
      for (const frame of frames.next(bytes)) {
        await this.#deliver(frame, watch);
      }
    }
  }

  async #connectedNow(watch: Watch): Promise<void> {
    this.#toldOfLoss = false;
    await this.#tell(watch, () => this.#handlers.onConnect?.());
    if (this.#wasConnected && this.#lastEventId === undefined) {
      // Nothing names the place where the last connection was: what happened since cannot be asked for.
      await this.#tell(watch, () =>
        this.#handlers.onMessage({
          type: 'state_reset',
          timestamp: new Date().toISOString(),
          data: { reason: 'the connection was lost before its first event' },
        }),
      );
    }
    this.#wasConnected = true;
  }

  async #deliver(frame: Frame, watch: Watch): Promise<void> {
    if (frame.data !== '') {
      const event = parsed(frame.data);
      if (!isObject(event) || typeof event['type'] !== 'string') {
        throw new PatchbayError('the daemon sent a frame that is no event', { code: 'bad_reply' });
      }
      const named = renamed(event, camelCase) as StreamEvent;
      await this.#tell(watch, () => this.#handlers.onMessage(frame.id === undefined ? named : { ...named, id: frame.id }));
      this.#delayMs = FIRST_DELAY_MS;
    }
    // Only now: an event that no handler has seen is asked for again.
    this.#lastEventId = frame.id ?? this.#lastEventId;
  }

  async #tell(watch: Watch, handler: () => unknown): Promise<void> {
    if (this.#closed) {
      throw this.#end.signal.reason;
    }
    watch.busy = true;
    try {
      await handler();
    } catch (error) {
      throw new HandlerFailure(error);
    } finally {
      watch.busy = false;
      watch.heard();
    }
  }

  #lost(reason: PatchbayError): void {
    if (!this.#toldOfLoss) {
      this.#toldOfLoss = true;
      this.#handlers.onDisconnect?.(reason);
    }
  }

  #fail(error: Error): void {
    if (this.#closed) {
      return;
    }
    this.close();
    if (this.#handlers.onError === undefined) {
      // Nobody listens: as visible as any other error that nobody catches.
      queueMicrotask(() => {
        throw error;
      });
      return;
    }
    this.#handlers.onError(error);
  }
}

/** Ends a connection that is silent for too long, and at once after the machine slept. */
class Watch {
  readonly signal: AbortSignal;
  /** While a handler works nobody reads, and silence means nothing. */
  busy = false;
  reason: string | undefined;
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #wakes: (() => void) | undefined;
  readonly #silenceMs: number;
  #heardAt = performance.now();
  #tickAt = Date.now();

  constructor(silenceMs: number, end: AbortSignal) {
    this.#silenceMs = silenceMs;
    this.signal = AbortSignal.any([end, this.#controller.signal]);
    this.#timer = setInterval(() => this.#check(), Math.min(1_000, silenceMs / 4));
    if (typeof globalThis.addEventListener === 'function') {
      this.#wakes = () => this.#check();
      globalThis.addEventListener('online', this.#wakes);
      globalThis.addEventListener('visibilitychange', this.#wakes);
    }
  }

  heard(): void {
    this.#heardAt = performance.now();
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.#wakes !== undefined) {
      globalThis.removeEventListener('online', this.#wakes);
      globalThis.removeEventListener('visibilitychange', this.#wakes);
    }
  }

  #check(): void {
    // The clock of the wall goes on while the machine sleeps, the other one does not.
    const away = Date.now() - this.#tickAt;
    this.#tickAt = Date.now();
    if (away > SLEPT_MS) {
      this.#giveUp('the machine slept');
    } else if (!this.busy && performance.now() - this.#heardAt > this.#silenceMs) {
      this.#giveUp(`nothing came for ${this.#silenceMs / 1000} s`);
    }
  }

  #giveUp(reason: string): void {
    this.reason ??= reason;
    this.#controller.abort(new Error(reason));
  }
}

interface Frame {
  id: string | undefined;
  data: string;
}

/** Server-sent events from bytes in pieces of any size. */
class Frames {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #scanned = 0;
  #id: string | undefined;
  #data: string[] = [];
  #size = 0;

  next(bytes: Uint8Array): Frame[] {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const frames: Frame[] = [];
    const ends = /\r\n|\r|\n/g;
    let start = 0;
    ends.lastIndex = this.#scanned;
    for (let end = ends.exec(this.#rest); end !== null; end = ends.exec(this.#rest)) {
      if (end[0] === '\r' && ends.lastIndex === this.#rest.length) {
        break; // the second half of this end of a line may be still to come
      }
      this.#line(this.#rest.slice(start, end.index), frames);
      start = ends.lastIndex;
    }
    this.#rest = this.#rest.slice(start);
    this.#scanned = this.#rest.endsWith('\r') ? this.#rest.length - 1 : this.#rest.length;
    if (this.#rest.length + this.#size > LONGEST_FRAME) {
      throw new PatchbayError('the daemon sent an event of more than 64 MiB', { code: 'bad_reply' });
    }
    return frames;
  }

  #line(line: string, frames: Frame[]): void {
    if (line === '') {
      if (this.#data.length > 0 || this.#id !== undefined) {
        frames.push({ id: this.#id, data: this.#data.join('\n') });
      }
      this.#data = [];
      this.#id = undefined;
      this.#size = 0;
      return;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') {
      this.#data.push(value);
      this.#size += value.length;
    } else if (name === 'id' && !value.includes('\0')) {
      this.#id = value;
    }
  }
}

/** Carries what a handler threw past everything that would try again. */
class HandlerFailure extends Error {
  override readonly cause: unknown;

  constructor(cause: unknown) {
    super('a handler failed');
    this.cause = cause;
  }
}

interface UserFolder {
  path: string;
  read(name: string): Promise<string | undefined>;
}

/** Patchbay's own folder of the user; none outside Node. */
async function userFolder(): Promise<UserFolder | undefined> {
  if (typeof platform().process?.versions?.['node'] !== 'string') {
    return undefined;
  }
  const config = variable('XDG_CONFIG_HOME') ?? (variable('HOME') ?? '') + '/.config';
  const path = variable('PATCHBAY_HOME') ?? config + '/patchbay';
  // A name that no bundler for browsers follows.
  const files = 'node:fs/promises';
  const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ files);
  return {
    path,
    read: async (name) => {
      try {
        return await readFile(`${path}/${name}`, 'utf8');
      } catch {
        return undefined;
      }
    },
  };
}

interface Platform {
  process?: {
    env?: Record<string, string | undefined>;
    versions?: Record<string, string | undefined>;
  };
}

function platform(): Platform {
  return globalThis as Platform;
}

/** A variable of the environment; a blank one is none. */
function variable(name: string): string | undefined {
  const value = platform().process?.env?.[name]?.trim();
  return value === '' ? undefined : value;
}

function base(url: string): string {
  return url.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}

function sessionPath(id: string, more = ''): string {
  if (/^\.{0,2}$/.test(id)) {
    throw new PatchbayError(`'${id}' is no id of a session`, { code: 'bad_request' });
  }
  return '/sessions/' + encodeURIComponent(id) + more;
}

function queryText(query: object): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) {
        all.append(name, String(one));
      }
    }
  }
  const text = all.toString();
  return text === '' ? '' : '?' + text;
}

function anySignal(given: AbortSignal | undefined, limit: AbortSignal): AbortSignal {
  return given === undefined ? limit : AbortSignal.any([given, limit]);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => '_' + letter.toLowerCase());
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The same value with other names of members, at every depth but below those that are excepted. */
function renamed(value: unknown, rename: (name: string) => string, except: ReadonlySet<string> = new Set()): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => renamed(item, rename, except));
  }
  if (!isObject(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      rename(name),
      except.has(name) ? member : renamed(member, rename, except),
    ]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function json(response: Response, signal: AbortSignal): Promise<unknown> {
  const text = await textOf(response, signal);
  const value = parsed(text);
  if (!isObject(value)) {
    throw new PatchbayError(`what answers at ${response.url} speaks no JSON: ${firstLine(text)}`, {
      code: 'bad_reply',
      status: response.status,
    });
  }
  return value;
}

/** What a reply without success says: the one shape of errors, or the first line of whatever it is. */
async function refusal(response: Response, signal: AbortSignal | null | undefined): Promise<PatchbayError> {
  const text = await textOf(response, signal, LONGEST_ERROR);
  const body = parsed(text);
  const error = isObject(body) ? body['error'] : undefined;
  if (!isObject(error) || typeof error['message'] !== 'string') {
    const line = firstLine(text);
    return new PatchbayError(`HTTP ${response.status}${line === '' ? '' : ': ' + line}`, {
      code: 'http_' + response.status,
      status: response.status,
    });
  }
  return new PatchbayError(error['message'], {
    code: typeof error['code'] === 'string' ? error['code'] : 'http_' + response.status,
    status: response.status,
    fields: isObject(error['fields']) ? (renamed(error['fields'], camelCase) as Record<string, string>) : undefined,
    help: typeof error['help'] === 'string' ? error['help'] : undefined,
  });
}

/** The text of a reply; of one that may be of any size and from anybody its beginning, up to so many characters. */
async function textOf(response: Response, signal: AbortSignal | null | undefined, longest = Infinity): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  if (response.body !== null) {
    for await (const bytes of pieces(response.body, signal)) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length >= longest) {
        return text;
      }
    }
  }
  return text + decoder.decode();
}

/**
 * What comes of a body, until its end or that of a signal. Node's fetch forgets the signal that it was given as soon as the collector has
 * been there (20 and 22): a body that says nothing more would be waited for for ever, and its connection would keep the program from its
 * end.
 */
async function* pieces(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | null | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  const cancel = () => void reader.cancel(signal?.reason).catch(() => undefined);
  signal?.addEventListener('abort', cancel);
  try {
    signal?.throwIfAborted();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      yield part.value;
    }
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}

function firstLine(text: string): string {
  const line = text.trim().split(/[\r\n]/, 1)[0] ?? '';
  return line.length > 200 ? line.slice(0, 199) + '…' : line;
}

/** Refuses what `fetch` would, whose words quote the token. */
function requireSendable(headers: Record<string, string> = {}): void {
  for (const [name, value] of Object.entries(headers)) {
    try {
      new Headers({ [name]: value });
    } catch {
      const what = name === 'authorization' ? 'the token' : name;
      throw new PatchbayError(`${what} holds a character that no header can hold`, { code: 'bad_request' });
    }
  }
}

/** Whether the daemon refused before it did anything: another token, or nobody at that port. */
function isRefusal(error: unknown): boolean {
  return error instanceof PatchbayError && (error.status === 401 || reasons(error).some((one) => one.code === 'ECONNREFUSED'));
}

/** Whether trying again cannot help. */
function isFinal(error: PatchbayError): boolean {
  const status = error.status ?? 0;
  return error.code === 'bad_reply' || (status >= 400 && status < 500 && ![408, 425, 429].includes(status));
}

/** An error and what caused it, outermost first. */
function reasons(error: unknown): Array<Error & { code?: unknown }> {
  const all: Array<Error & { code?: unknown }> = [];
  for (let one = error; one instanceof Error && all.length < 10; one = one.cause) {
    all.push(one);
    if (one instanceof AggregateError) {
      all.push(...one.errors.filter((each) => each instanceof Error));
    }
  }
  return all;
}

function innermost(error: unknown): string {
  const last = reasons(error).at(-1);
  return last === undefined ? String(error) : last.message || String(last.code ?? last.name);
}

/** What a call throws: the caller's own reason where the caller gave it up. */
function explained(error: unknown, given: AbortSignal | undefined, limit: AbortSignal, limitMs: number): unknown {
  if (given?.aborted === true) {
    return given.reason;
  }
  if (limit.aborted) {
    return new PatchbayError(`the daemon did not answer within ${limitMs / 1000} s`, { code: 'timeout', cause: error });
  }
  if (error instanceof PatchbayError) {
    return error;
  }
  return new PatchbayError(`the reply of the daemon broke off: ${innermost(error)}`, { code: 'unreachable', cause: error });
}
