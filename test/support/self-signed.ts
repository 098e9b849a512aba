/**
 * A certificate for 127.0.0.1 and agent.test that nobody vouches for, valid from 2020 to 2125. It opens nothing: only fake
 * servers use it. Made with `openssl ca -selfsign`, P-256, subjectAltName DNS:agent.test and IP:127.0.0.1.
 */
export const SELF_SIGNED = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBajCCARCgAwIBAgIBATAKBggqhkjOPQQDAjAVMRMwEQYDVQQDDAphZ2VudC50
ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjYwMTAxMDAwMDAwWjAVMRMwEQYDVQQD
DAphZ2VudC50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEXfL9jIyJhMTM
evEY85Sqzze2iJl4hmtC0vBHnyQkrpcOnSRvryqUBYxDbcGNT40TAPfzRM+e2G//
gtKS8HavQKNPME0wDwYDVR0TAQH/BAUwAwEB/zAbBgNVHREEFDASggphZ2VudC50
ZXN0hwR/AAABMB0GA1UdDgQWBBTblAbhcamKrv0/cgZHtOtUXCaLMTAKBggqhkjO
PQQDAgNIADBFAiEA4cEBgSl8tLOTMXbqLuZpfLiPOYNXzxSvYJefHhFDQpACIB6v
bvVm4D4mSCf8SL6D+AqiZ41zihuaIiPnV7L3hQlJ
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJixOteameWSzTq1o
r5E70i7kZuEa8Z0Xnya9TlstvBShRANCAARd8v2MjImExMx68RjzlKrPN7aImXiG
a0LS8EefJCSulw6dJG+vKpQFjENtwY1PjRMA9/NEz57Yb/+C0pLwdq9A
-----END PRIVATE KEY-----
`,
} as const;
