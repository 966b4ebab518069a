/** What an answer is worth: fine, or a failure told without any secret. */
import { SHOWN_MAX, cleanShopWords } from './errors';
import { unreadableJson } from './jsonBounds';
import { commonFailure, isAnswerTo } from './reply';
import { cutFields } from './secretWords';
import { XmlError } from '../text/xmlError';
import type { Call, Page, Reply } from '../protocol/call';
import { InputError } from '../protocol/errors';
import type { Failure } from '../protocol/failure';
import { shortened } from '../protocol/shortened';
import type { ShopAddress, Vendor } from '../protocol/vendor';

type Cut = (text: string) => string;

/**
 * What is wrong with an answer, or `undefined`. With `cut`, the answer is judged without the secrets in
 * it, before its words are shortened: what is cut in two cannot be found any more.
 */
export function judged<R>(
	vendor: Vendor<R>,
	address: ShopAddress,
	reply: Reply,
	call: Call,
	cut?: Cut,
): Failure | undefined {
	const classify = (answer: Reply) =>
		unreadableJson(answer) ?? commonFailure(answer, address.url) ?? vendor.classify(answer, call);
	const failure = classify(reply);
	if (!failure || !cut) return failure;
	const told = classify(withoutSecrets(reply, cut));
	// A secret may be a word that the answer needs to be understood.
	return told?.kind === failure.kind ? told : cutFields(failure, cut);
}

/** The records of a fine answer, or why they cannot be read. */
export function decoded<R>(vendor: Vendor<R>, reply: Reply, call: Call): Page<R> | Failure {
	try {
		const page = vendor.decode(reply, call);
		if (isAnswerTo(call, page, vendor)) return page;
		return unreadable(reply, 'another record came back than the one that was asked for');
	} catch (error) {
		return unreadable(reply, error);
	}
}

/** Why the records of an answer cannot be read, told without the secrets in it. */
export function undecoded<R>(
	vendor: Vendor<R>,
	failure: Failure,
	reply: Reply,
	call: Call,
	cut: Cut,
): Failure {
	// Nothing of the answer is repeated, and looking once more would take as long.
	if (failure.kind === 'tooLarge') return failure;
	const again = decoded(vendor, withoutSecrets(reply, cut), call);
	return 'kind' in again ? again : unreadable(reply, '');
}

function unreadable({ status }: Reply, error: unknown): Failure {
	// It would be the same the next time.
	if (error instanceof XmlError && error.reason === 'too-large') {
		return { kind: 'tooLarge', sent: true, status };
	}
	const reason = error instanceof Error ? error.message : String(error);
	const shopMessage = cleanShopWords(reason);
	return { kind: 'malformed', sent: true, status, ...(shopMessage !== '' && { shopMessage }) };
}

/** The call as messages name it: a value of megabytes tells nobody anything. */
export function shownCall(call: Call): Call {
	return { ...call, path: call.path.map((segment) => shortened(segment, SHOWN_MAX)) };
}

/** Half of a character of two units, which no address can hold. */
const HALF_CHARACTER = /\p{Cs}/u;

/** Refuses what cannot be sent, before it is sent. */
export function refuseBroken({ path, query = {} }: Call): void {
	const broken = [...path, ...Object.values(query)].find((value) => HALF_CHARACTER.test(value));
	if (broken === undefined) return;
	throw new InputError(
		`The value "${shortened(broken.replace(/\p{Cs}/gu, '\uFFFD'), SHOWN_MAX)}" holds half of a character, as a text has that was cut inside an emoji.`,
		'Remove it from the value.',
	);
}

function withoutSecrets(reply: Reply, cut: Cut): Reply {
	return { ...reply, text: cut(reply.text), headers: cutFields(reply.headers, cut) };
}
