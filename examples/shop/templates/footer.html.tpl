<footer>{{shop}} thanks you for your order.</footer>
