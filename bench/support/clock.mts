/** Minutes that passed without anybody waiting for them: for polls a minute apart. */

const realNow = Date.now.bind(Date);
let aheadMs = 0;

Date.now = () => realNow() + aheadMs;

/** Puts the clock of the nodes and of the sandbox shops in this process forward. */
export function pass(minutes: number): void {
	aheadMs += minutes * 60_000;
}
