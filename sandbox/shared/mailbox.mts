import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as its reader sees it. */
export interface ReceivedMail {
	from: string;
	to: string;
	subject: string;
	text: string;
}

export interface Mailbox {
	port: number;
	mails(): ReceivedMail[];
	close(): Promise<void>;
}

/**
 * Starts a mail server on 127.0.0.1 that takes every mail and passes none on.
 *
 * @param onMail called for each mail, in the order of their arrival
 */
export async function startMailbox(
	onMail: (mail: ReceivedMail) => void = () => {},
): Promise<Mailbox> {
	const received: ReceivedMail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		disableReverseLookup: true,
		onData: (stream, _session, done) => {
			void simpleParser(stream).then(({ from, to, subject, text }) => {
				const mail: ReceivedMail = {
					from: from?.text ?? '',
					to: [to ?? []]
						.flat()
						.map((address) => address.text)
						.join(', '),
					subject: subject ?? '',
					text: (text ?? '').trim(),
				};
				received.push(mail);
				onMail(mail);
				done();
			}, done);
		},
	});
	await new Promise<void>((resolve, reject) => {
		server.on('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.server.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : 0,
		mails: () => [...received],
		close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
	};
}
