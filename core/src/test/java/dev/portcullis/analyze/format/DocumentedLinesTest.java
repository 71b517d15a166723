package dev.portcullis.analyze.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.analyze.format.Lines.Seen;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines as the products' own documentation prints them. */
class DocumentedLinesTest {
  private static Seen only(String format, String text) {
    assertThat(Lines.format(text)).isEqualTo(format);
    assertThat(Lines.read(text)).hasSize(1);
    return Lines.read(text).getFirst();
  }

  @Test
  void apacheCombined() {
    Seen it =
        only(
            "combined",
            "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 2326"
                + " \"http://www.example.com/start.html\" \"Mozilla/4.08 [en] (Win98; I ;Nav)\"");
    assertThat(it.at()).isEqualTo(Instant.parse("2000-10-10T20:55:36Z"));
    assertThat(it.source()).isEqualTo("127.0.0.1");
    assertThat(it.user()).isEqualTo("frank");
    assertThat(it.target()).isEqualTo("/apache_pb.gif");
    assertThat(it.status()).isEqualTo(200);
    assertThat(it.sent()).isEqualTo(2326);
    assertThat(it.agent()).isEqualTo("Mozilla/4.08 [en] (Win98; I ;Nav)");
    assertThat(it.referer()).isEqualTo("http://www.example.com/start.html");
  }

  @Test
  void apacheCommonAndWithItsVirtualHost() {
    String common =
        "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 2326";
    assertThat(only("combined", common).user()).isEqualTo("frank");
    Seen it = only("combined", "www.example.com:443 " + common.replace("127.0.0.1", "10.1.2.3"));
    assertThat(it.source()).isEqualTo("10.1.2.3");
    assertThat(it.user()).isEqualTo("frank");
  }

  @Test
  void nginxWithForwardedForAndWhatIsNoRequest() {
    Seen it =
        only(
            "combined",
            "10.0.0.7 - - [25/Nov/2025:06:25:01 +0100] \"GET /a?q=\\x22x\\x22 HTTP/2.0\" 404 153"
                + " \"-\" \"curl/8.5.0\" \"203.0.113.9, 10.0.0.1\"");
    assertThat(it.forwarded()).isEqualTo("203.0.113.9, 10.0.0.1");
    assertThat(it.target()).isEqualTo("/a?q=\"x\"");
    assertThat(it.referer()).isEmpty();
    Seen tls =
        only(
            "combined",
            "10.0.0.7 - - [25/Nov/2025:06:25:01 +0100] \"\\x16\\x03\\x01\\x02\\x00\" 400 157 \"-\" \"-\"");
    assertThat(tls.method()).isEmpty();
    assertThat(tls.status()).isEqualTo(400);
  }

  @Test
  void traefikCommonLog() {
    Seen it =
        only(
            "combined",
            "192.168.1.100 - alice [10/Oct/2023:13:55:36 +0000] \"GET /api/users HTTP/1.1\" 200 1024"
                + " \"-\" \"Mozilla/5.0\" 42 \"my-router@docker\" \"http://10.0.0.5:8080\" 12ms");
    assertThat(it.user()).isEqualTo("alice");
    assertThat(it.sent()).isEqualTo(1024);
    assertThat(it.forwarded()).isEmpty();
  }

  @Test
  void haproxyInItsSyslogLine() {
    Seen it =
        only(
            "syslog+haproxy",
            "Feb  6 12:14:14 localhost haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655]"
                + " http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {}"
                + " \"GET /index.html HTTP/1.1\"");
    assertThat(it.at()).isEqualTo(Instant.parse("2009-02-06T12:14:14.655Z"));
    assertThat(it.source()).isEqualTo("10.0.1.2:33317");
    assertThat(it.target()).isEqualTo("/index.html");
    assertThat(it.sent()).isEqualTo(2750);
    Seen bad =
        only(
            "haproxy",
            "haproxy[18113]: 127.0.0.1:34549 [15/Oct/2003:15:19:06.103] px-http"
                + " px-http/<NOSRV> -1/-1/-1/-1/+50001 408 +2750 - - cR-- 2/2/2/2/0 0/0 \"<BADREQ>\"");
    assertThat(bad.status()).isEqualTo(408);
    assertThat(bad.method()).isEmpty();
  }

  @Test
  void envoyDefaultText() {
    Seen it =
        only(
            "envoy",
            "[2016-04-15T20:17:00.310Z] \"POST /api/v1/locations HTTP/2\" 204 - 154 0 226 100"
                + " \"10.0.35.28\" \"nsq2http\" \"cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2\""
                + " \"locations\" \"tcp://10.0.2.1:80\"");
    assertThat(it.at()).isEqualTo(Instant.parse("2016-04-15T20:17:00.310Z"));
    assertThat(it.forwarded()).isEqualTo("10.0.35.28");
    assertThat(it.received()).isEqualTo(154);
    assertThat(it.agent()).isEqualTo("nsq2http");
  }

  @Test
  void istioText() {
    Seen it =
        only(
            "envoy",
            "[2020-11-25T21:26:18.409Z] \"GET /status/418 HTTP/1.1\" 418 - via_upstream - \"-\" 0 135"
                + " 3 1 \"-\" \"curl/7.73.0-DEV\" \"84961386-6d84-929d-98bd-c5aee93b5c88\""
                + " \"httpbin:8000\" \"127.0.0.1:80\" inbound|8000|| 127.0.0.1:41854 10.44.1.27:80"
                + " 10.44.1.23:37652 outbound_.8000_._.httpbin.foo.svc.cluster.local default");
    assertThat(it.status()).isEqualTo(418);
    assertThat(it.sent()).isEqualTo(135);
    assertThat(it.source()).isEqualTo("10.44.1.23:37652");
    assertThat(it.agent()).isEqualTo("curl/7.73.0-DEV");
  }

  @Test
  void awsApplicationLoadBalancer() {
    Seen it =
        only(
            "aws-alb",
            "https 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188"
                + " 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57"
                + " \"GET https://www.example.com:443/ HTTP/1.1\" \"curl/7.46.0\""
                + " ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2"
                + " arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067"
                + " \"Root=1-58337281-1d84f3d73c47ec4e58577259\" \"www.example.com\""
                + " \"arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012\""
                + " 1 2018-07-02T22:22:48.364000Z \"authenticate,forward\" \"-\" \"-\""
                + " \"10.0.0.1:80\" \"200\" \"-\" \"-\"");
    assertThat(it.at()).isEqualTo(Instant.parse("2018-07-02T22:23:00.186641Z"));
    assertThat(it.source()).isEqualTo("192.168.131.39:2817");
    assertThat(it.target()).isEqualTo("https://www.example.com:443/");
    assertThat(it.sent()).isEqualTo(57);
  }

  @Test
  void awsCloudFront() {
    String text =
        "#Version: 1.0\n"
            + "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem"
            + " sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type"
            + " x-edge-request-id x-host-header cs-protocol cs-bytes time-taken\n"
            + "2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td111111abcdef8.cloudfront.net"
            + "\t/index.html\t200\t-\tMozilla/5.0%20(Windows%20NT%2010.0;%20Win64;%20x64)\tid=7\t-"
            + "\tHit\tSOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==\td111111abcdef8.cloudfront.net"
            + "\thttps\t23\t0.001";
    Seen it = only("aws-cloudfront", text);
    assertThat(it.at()).isEqualTo(Instant.parse("2019-12-04T21:02:31Z"));
    assertThat(it.target()).isEqualTo("/index.html?id=7");
    assertThat(it.agent()).isEqualTo("Mozilla/5.0 (Windows NT 10.0; Win64; x64)");
    assertThat(it.received()).isEqualTo(23);
  }

  @Test
  void awsApiGateway() {
    Seen it =
        only(
            "aws-api-gateway",
            "{ \"requestId\":\"c6af9ac6-7b61-11e6-9a41-93e8deadbeef\", \"ip\": \"192.0.2.9\","
                + " \"caller\":\"-\", \"user\":\"-\",\"requestTime\":\"09/Apr/2015:12:34:56 +0000\","
                + " \"httpMethod\":\"GET\",\"resourcePath\":\"/pets/{petId}\",\"path\":\"/prod/pets/12\","
                + " \"status\":\"200\",\"protocol\":\"HTTP/1.1\", \"responseLength\":\"1024\" }");
    assertThat(it.at()).isEqualTo(Instant.parse("2015-04-09T12:34:56Z"));
    assertThat(it.target()).isEqualTo("/prod/pets/12");
    assertThat(it.user()).isEmpty();
    assertThat(it.sent()).isEqualTo(1024);
  }

  @Test
  void traefikJson() {
    Seen it =
        only(
            "traefik-json",
            "{\"ClientAddr\":\"192.168.1.5:51234\",\"ClientHost\":\"192.168.1.5\",\"ClientPort\":\"51234\","
                + "\"ClientUsername\":\"-\",\"DownstreamContentSize\":1024,\"DownstreamStatus\":200,"
                + "\"Duration\":1500000,\"RequestMethod\":\"GET\",\"RequestPath\":\"/api/users?page=2\","
                + "\"StartUTC\":\"2023-10-10T13:55:36.123456789Z\",\"level\":\"info\",\"msg\":\"\","
                + "\"request_User-Agent\":\"Go-http-client/1.1\",\"time\":\"2023-10-10T13:55:36Z\"}");
    assertThat(it.source()).isEqualTo("192.168.1.5");
    assertThat(it.at()).isEqualTo(Instant.parse("2023-10-10T13:55:36.123456Z"));
    assertThat(it.agent()).isEqualTo("Go-http-client/1.1");
  }

  @Test
  void kongFileLog() {
    Seen it =
        only(
            "kong-json",
            "{\"response\":{\"size\":9982,\"status\":200,\"headers\":{\"server\":\"gunicorn\"}},"
                + "\"route\":{\"name\":\"example\"},\"workspace\":\"x\",\"client_ip\":\"192.168.65.1\","
                + "\"consumer\":{\"username\":\"acme\",\"id\":\"54baa5a9\"},"
                + "\"authenticated_entity\":{\"id\":\"k-17\"},"
                + "\"latencies\":{\"request\":515,\"kong\":58,\"proxy\":457},"
                + "\"request\":{\"size\":82,\"uri\":\"/anything/4\",\"method\":\"GET\","
                + "\"headers\":{\"user-agent\":\"curl/8.6.0\",\"host\":\"localhost:8000\"},"
                + "\"url\":\"http://localhost:8000/anything/4\"},\"started_at\":1726783839230}");
    assertThat(it.at()).isEqualTo(Instant.ofEpochMilli(1_726_783_839_230L));
    assertThat(it.user()).isEqualTo("acme");
    assertThat(it.key()).isEqualTo("k-17");
    assertThat(it.target()).isEqualTo("/anything/4");
    assertThat(it.agent()).isEqualTo("curl/8.6.0");
  }

  @Test
  void envoyJson() {
    Seen it =
        only(
            "envoy-json",
            "{\"start_time\":\"2024-02-03T04:05:06.789Z\",\"method\":\"GET\",\"path\":\"/users/1\","
                + "\"protocol\":\"HTTP/1.1\",\"response_code\":200,\"response_flags\":\"-\","
                + "\"bytes_received\":0,\"bytes_sent\":17,\"duration\":3,"
                + "\"downstream_remote_address\":\"10.2.3.4:40000\",\"x_forwarded_for\":null,"
                + "\"user_agent\":\"curl\"}");
    assertThat(it.source()).isEqualTo("10.2.3.4:40000");
    assertThat(it.sent()).isEqualTo(17);
  }

  @Test
  void azureApplicationGatewayAndItsBundles() {
    String one =
        "{\"timeStamp\":\"2021-10-14T22:17:11+00:00\",\"resourceId\":\"/SUBSCRIPTIONS/X\","
            + "\"category\":\"ApplicationGatewayAccessLog\",\"properties\":{\"instanceId\":\"a_0\","
            + "\"clientIP\":\"185.42.129.24\",\"clientPort\":45057,\"httpMethod\":\"GET\","
            + "\"originalRequestUriWithArgs\":\"\\/login\\/7?x=1\",\"requestUri\":\"\\/login\\/7\","
            + "\"requestQuery\":\"x=1\",\"userAgent\":\"Mozilla\",\"httpStatus\":200,"
            + "\"httpVersion\":\"HTTP\\/1.1\",\"receivedBytes\":184,\"sentBytes\":466}}";
    Seen it = only("azure-application-gateway", one);
    assertThat(it.target()).isEqualTo("/login/7?x=1");
    assertThat(it.source()).isEqualTo("185.42.129.24");
    assertThat(Lines.read("{\"records\":[" + one + "," + one + "]}")).containsExactly(it, it);
  }

  @Test
  void azureFrontDoor() {
    Seen it =
        only(
            "azure-front-door",
            "{\"category\":\"FrontDoorAccessLog\",\"time\":\"2023-01-02T03:04:05.1234567Z\","
                + "\"properties\":{\"httpMethod\":\"GET\",\"httpStatusCode\":\"200\","
                + "\"requestUri\":\"https://www.contoso.com:443/a/5?b=c\",\"clientIp\":\"192.0.2.5\","
                + "\"requestBytes\":\"1064\",\"responseBytes\":\"17\",\"userAgent\":\"x\"}}");
    assertThat(it.target()).isEqualTo("https://www.contoso.com:443/a/5?b=c");
    assertThat(it.status()).isEqualTo(200);
  }

  @Test
  void googleLoadBalancer() {
    Seen it =
        only(
            "google-load-balancer",
            "{\"insertId\":\"1y3hcz\",\"jsonPayload\":{\"statusDetails\":\"response_sent_by_backend\"},"
                + "\"httpRequest\":{\"requestMethod\":\"GET\",\"requestUrl\":\"http://198.51.100.1/o/9\","
                + "\"requestSize\":\"364\",\"status\":200,\"responseSize\":\"1000\",\"userAgent\":\"x\","
                + "\"remoteIp\":\"203.0.113.4\",\"latency\":\"0.004s\"},"
                + "\"timestamp\":\"2019-03-15T18:00:00.123456Z\"}");
    assertThat(it.source()).isEqualTo("203.0.113.4");
    assertThat(it.received()).isEqualTo(364);
  }

  @Test
  void nginxJsonAndNamesOfOnesOwn() {
    Seen it =
        only(
            "json",
            "{\"time_local\":\"10/Oct/2000:13:55:36 -0700\",\"remote_addr\":\"10.1.1.1\","
                + "\"remote_user\":\"\",\"request\":\"GET /x/1 HTTP/1.1\",\"status\": \"200\","
                + "\"body_bytes_sent\":\"12\",\"http_user_agent\":\"curl\"}");
    assertThat(it.method()).isEqualTo("GET");
    assertThat(it.target()).isEqualTo("/x/1");
    var own =
        new Formats(
            Map.of(
                Field.TIME,
                "wann",
                Field.SOURCE,
                "wer/ip",
                Field.TARGET,
                "was",
                Field.STATUS,
                "wie"));
    assertThat(
            Lines.read(
                    own,
                    "{\"wann\":1700000000.5,\"wer\":{\"ip\":\"10.9.9.9\"},\"was\":\"/y\",\"wie\":403}")
                .getFirst())
        .satisfies(seen -> {
          assertThat(seen.at()).isEqualTo(Instant.parse("2023-11-14T22:13:20.500Z"));
          assertThat(seen.source()).isEqualTo("10.9.9.9");
          assertThat(seen.status()).isEqualTo(403);
        });
  }

  @Test
  void prefixesOfCollectors() {
    String line = "10.0.0.9 - - [10/Oct/2000:13:55:36 -0700] \"GET /x HTTP/1.1\" 200 5 \"-\" \"-\"";
    for (String prefix :
        new String[] {
          "<190>Oct 10 20:55:36 web1 nginx: ",
          "Oct 10 20:55:36 web1 nginx[12]: ",
          "<165>1 2003-10-11T22:14:15.003Z web1 nginx 111 ID47 [a@32473 x=\"1\" y=\"]\"] ",
          "<34>1 2003-10-11T22:14:15.003Z web1 nginx - - - ",
          "2025-01-02T03:04:05.123456+01:00 web1 nginx[12]: ",
          "2016-10-06T00:17:09.669794202Z stdout F ",
          "2016-10-06T00:17:09.669Z "
        }) {
      assertThat(only("syslog+combined", prefix + line).source()).as(prefix).isEqualTo("10.0.0.9");
    }
  }

  @Test
  void commonEventFormat() {
    Seen it =
        only(
            "cef",
            "<134>Jul 1 10:00:00 waf CEF:0|Vendor|WAF|1.0|100|SQL \\| injection|8|"
                + "rt=1719828000123 src=203.0.113.5 request=/login?a\\=b requestMethod=POST"
                + " requestClientApplication=Mozilla/5.0 (X11) cn1Label=response code cn1=403 out=12"
                + " suser=bob act=blocked");
    assertThat(it.source()).isEqualTo("203.0.113.5");
    assertThat(it.target()).isEqualTo("/login?a=b");
    assertThat(it.agent()).isEqualTo("Mozilla/5.0 (X11)");
    assertThat(it.status()).isEqualTo(403);
    assertThat(it.user()).isEqualTo("bob");
  }

  @Test
  void openTelemetry() {
    String text =
        "{\"resourceLogs\":[{\"resource\":{},\"scopeLogs\":[{\"scope\":{},\"logRecords\":["
            + "{\"timeUnixNano\":\"1544712660300000000\",\"attributes\":["
            + "{\"key\":\"http.request.method\",\"value\":{\"stringValue\":\"GET\"}},"
            + "{\"key\":\"url.path\",\"value\":{\"stringValue\":\"/u/5\"}},"
            + "{\"key\":\"client.address\",\"value\":{\"stringValue\":\"10.1.1.2\"}},"
            + "{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"200\"}}]},"
            + "{\"timeUnixNano\":\"1544712660300000000\",\"body\":{\"stringValue\":"
            + "\"10.1.1.3 - - [10/Oct/2000:13:55:36 -0700] \\\"GET /x HTTP/1.1\\\" 200 5\"}}]}]}]}";
    assertThat(Lines.format(text)).isEqualTo("otlp-json");
    assertThat(Lines.read(text)).extracting(Seen::source).containsExactly("10.1.1.2", "10.1.1.3");
    assertThat(Lines.read(text).getFirst().at())
        .isEqualTo(Instant.parse("2018-12-13T14:51:00.300Z"));
  }

  @Test
  void proseIsNoLog() {
    assertThat(Lines.format("Dear sir,\nthe gate was open.\n{\"a\": 1}\n")).isEqualTo("unknown");
  }
}
