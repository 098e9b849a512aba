/** What can go wrong with an agent's back end, and what to do about it. */
import type { AgentFaultWords } from '../shapes.ts';

export const agentFaults: AgentFaultWords = {
  'key-refused': { sentence: 'O agente recusou a chave.', remedy: 'Informe uma chave válida.' },
  'no-credits': { sentence: 'A conta do agente está sem créditos.', remedy: 'Adicione créditos à conta do agente.' },
  'rate-limited': { sentence: 'O agente recebeu pedidos demais.', remedy: 'Espere, ou aumente o limite da conta.' },
  unreachable: { sentence: 'Não foi possível alcançar o agente.', remedy: 'Confira o endereço e se ele está no ar.' },
  'server-failed': {
    sentence: 'O servidor do agente respondeu com um erro.',
    remedy: 'O Recado tenta de novo sozinho. Se continuar, veja o que esse servidor diz.',
  },
  'too-slow': {
    sentence: 'O agente demorou demais.',
    remedy: 'Confira o agente, ou aumente o ajuste “Tempo do agente”.',
  },
  'odd-answer': {
    sentence: 'O agente respondeu algo que não é mensagem para uma pessoa.',
    remedy: 'Confira o agente: ele pode estar chamando ferramentas que ninguém lhe deu, ou ser de outro tipo.',
  },
  'refused-by-agent': { sentence: 'O agente recusou o pedido.', remedy: 'Confira as configurações do agente.' },
  'address-refused': {
    sentence: 'O endereço do agente não é permitido.',
    remedy: 'Use https, ou http só neste computador; para a rede local é preciso permitir neste agente.',
  },
  'not-configured': { sentence: 'Falta configurar o agente.', remedy: 'Complete as configurações do agente.' },
  'model-missing': {
    sentence: 'O servidor não tem este modelo.',
    remedy: 'No Ollama, baixe-o com “ollama pull” e o nome dele. Ou escolha um modelo que o servidor tenha.',
  },
  'no-model-loaded': {
    sentence: 'Nenhum modelo está carregado no servidor.',
    remedy: 'Carregue um: no LM Studio, em “Developer”; um menor, se faltar memória.',
  },
  'wrong-address': {
    sentence: 'Não há agente neste endereço.',
    remedy:
      'Confira: no Ollama e no LM Studio ele termina em /v1; no n8n o fluxo precisa estar ativo e o endereço ser o de produção.',
  },
  'wrong-server': {
    sentence: 'Quem responde neste endereço não é um agente deste tipo.',
    remedy: 'Confira o endereço: ele pode levar a uma página web ou a um servidor de outro tipo.',
  },
  certificate: {
    sentence: 'O certificado do servidor do agente não é válido.',
    remedy:
      'Confira o endereço e a data deste computador, ou peça que o certificado seja renovado. Atrás da rede de uma empresa ou de um antivírus: o ajuste “Certificados deste computador”.',
  },
  'no-answer': {
    sentence: 'O fluxo recebeu a mensagem e não devolveu resposta.',
    remedy:
      'Faça o último passo devolver o texto. Se ele só recebe mensagens, marque isso nas configurações do agente.',
  },
  'flow-failed': {
    sentence: 'O fluxo falhou antes de responder.',
    remedy: 'Veja as últimas execuções dele: no n8n e no Flowise, em “Executions”; no Dify, em “Logs”.',
  },
  'cut-off': {
    sentence: 'O agente parou no meio de uma resposta.',
    remedy: 'Aumente o máximo de tokens que o modelo pode escrever. O que foi enviado termina numa frase completa.',
  },
  'stopped-early': {
    sentence: 'O agente parou antes de completar uma frase: nada foi enviado.',
    remedy: 'Aumente o máximo de tokens que o modelo pode escrever; um que raciocina precisa de mais.',
  },
  'too-long': {
    sentence: 'Uma resposta era maior do que pode ser enviado: o fim ficou de fora.',
    remedy: 'Peça respostas mais curtas nas instruções, ou aumente o ajuste “Mensagens por resposta”.',
  },
  'context-too-long': {
    sentence: 'A conversa é longa demais para o modelo, mesmo sem o que foi dito antes.',
    remedy: 'Escolha um modelo com contexto maior, ou dê mais a ele: num_ctx no Ollama, “Context Length” no LM Studio.',
  },
  'chat-not-public': {
    sentence: 'O fluxo existe, mas ninguém pode escrever para ele.',
    remedy: 'No n8n, abra o Chat Trigger, ligue “Make Chat Publicly Available” e publique o workflow.',
  },
  'browser-check': {
    sentence: 'Na frente do agente há uma verificação que só um navegador passa, como a da Cloudflare.',
    remedy:
      'Libere o endereço dessa verificação (na Cloudflare: Security, uma regra que a pula) ou use outro endereço.',
  },
  'waits-for-person': {
    sentence: 'O fluxo parou para perguntar a uma pessoa: nada foi enviado.',
    remedy: 'O Recado não responde a essa etapa (“Human Input”). Tire a etapa do fluxo, ou responda você na conversa.',
  },
  'asks-for-fields': {
    sentence: 'O app pede um formulário antes: nada foi perguntado a ele.',
    remedy: 'No Dify, deixe opcionais os campos do formulário, ou dê um valor padrão a cada um.',
  },
};
