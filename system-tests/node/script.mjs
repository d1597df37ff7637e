// The manners all scripts here share: input on stdin, one JSON line on stdout, one line on stderr and exit 1 when it fails.

// Importing this is enough to have wrong options, thrown before `script` is reached, reported the same way.
process.once('uncaughtException', (error) => {
  process.stderr.write(oneLine(error) + '\n');
  process.exit(1);
});

export async function script(main) {
  process.stdout.write(JSON.stringify(await main()) + '\n');
}

export async function inputFromStdin() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`expected a JSON object on stdin, got ${text.length} characters that are not JSON`);
  }
}

// The libraries put documents and causes into their messages; a test wants to see all of it on one line.
function oneLine(error) {
  const messages = [];
  for (let at = error; at; at = at.cause) {
    const message = at instanceof Error ? at.message || at.name : String(at);
    if (!messages.some((earlier) => earlier.includes(message))) messages.push(message);
  }
  return messages.join(': ').replace(/\s*\n\s*/g, ' ');
}
