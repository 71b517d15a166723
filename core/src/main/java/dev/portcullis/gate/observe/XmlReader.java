package dev.portcullis.gate.observe;

import com.fasterxml.aalto.AsyncByteBufferFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * XML 1.0: the document is an object whose one member is the root element; an element is an object
 * whose members are its child elements, by local name, and its attributes, as {@code @name}; the
 * text directly in it, without outer white space, is its value. An element with nothing in it is
 * nothing. Documents with a DOCTYPE, entities of their own or another encoding than UTF-8 are not
 * read.
 */
final class XmlReader implements DocumentReader {
  /** Elements within each other. */
  private static final int MAX_DEPTH = 256;

  private static final class Element {
    private final StringBuilder text = new StringBuilder();
    private boolean wanted;
    private boolean something;
  }

  private final Walk walk;
  private final AsyncXMLStreamReader<AsyncByteBufferFeeder> parser;
  private final List<Element> elements = new ArrayList<>();
  private int depth;
  private boolean begun;
  private boolean rootEnded;

  XmlReader(Walk walk) {
    this.walk = walk;
    // One for each document: a shared one would keep the names that upstreams make up.
    var factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    this.parser = factory.createAsyncForByteBuffer();
    walk.arrive();
    walk.open(false);
  }

  @Override
  public void read(ByteBuffer part) throws UnreadableException {
    try {
      begun |= part.hasRemaining();
      parser.getInputFeeder().feedInput(part);
      events();
    } catch (XMLStreamException | RuntimeException notXml) {
      throw new UnreadableException();
    }
  }

  @Override
  public boolean end() throws UnreadableException {
    try {
      parser.getInputFeeder().endOfInput();
      events();
    } catch (XMLStreamException | RuntimeException notXml) {
      throw new UnreadableException();
    }
    return !begun || rootEnded;
  }

  private void events() throws XMLStreamException, UnreadableException {
    while (true) {
      switch (parser.next()) {
        case AsyncXMLStreamReader.EVENT_INCOMPLETE, XMLStreamConstants.END_DOCUMENT -> {
          return;
        }
        case XMLStreamConstants.START_DOCUMENT -> encoding();
        case XMLStreamConstants.START_ELEMENT -> start();
        case XMLStreamConstants.END_ELEMENT -> end(elements.get(depth - 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new UnreadableException();
        default -> {}
      }
    }
  }

  private void encoding() throws UnreadableException {
    String declared = parser.getCharacterEncodingScheme();
    if (declared != null
        && !declared.equalsIgnoreCase("utf-8")
        && !declared.equalsIgnoreCase("us-ascii")) {
      throw new UnreadableException();
    }
  }

  private void start() throws UnreadableException {
    if (depth > 0) {
      elements.get(depth - 1).something = true;
    }
    if (depth == MAX_DEPTH) {
      throw new UnreadableException();
    }
    walk.name(parser.getLocalName());
    boolean wanted = walk.arrive();
    walk.openLater(false);
    if (depth == elements.size()) {
      elements.add(new Element());
    }
    Element element = elements.get(depth++);
    element.wanted = wanted;
    element.something = false;
    element.text.setLength(0);
    for (int i = 0; wanted && i < parser.getAttributeCount(); i++) {
      walk.name("@" + parser.getAttributeLocalName(i));
      if (walk.arrive()) {
        walk.text(parser.getAttributeValue(i));
      }
      element.something = true;
    }
  }

  private void text() throws XMLStreamException {
    Element element = elements.get(depth - 1);
    if (element.wanted) {
      element.text.append(parser.getText());
    }
  }

  private void end(Element element) {
    String text = element.text.toString().strip();
    if (element.wanted && (element.something || !text.isEmpty())) {
      walk.openHas(text);
    }
    walk.close();
    depth--;
    rootEnded = depth == 0;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (XMLStreamException nothingLeft) {
      // It held nothing but memory.
    }
  }
}
